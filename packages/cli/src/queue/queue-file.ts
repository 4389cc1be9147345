import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { indexOf, indexStep, isQueueStep, type StoredEntry } from '@pewter/pyroscope/queue-files';
import { type Database, DatabaseError } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/** A queue file that is open. */
export interface OpenQueue {
  readonly path: string;
  readonly database: Database;
  /** Oldest first. */
  readonly entries: readonly StoredEntry[];
}

/** What is a queue, of a file or of the `.db` files below a folder, opened one after the other. Rejects with {@link CommandError}. */
export async function* openQueues(path: string): AsyncGenerator<OpenQueue> {
  const { databases } = realOutside();
  for (const file of await databaseFiles(path)) {
    try {
      const { database, setAside } = await databases.open(file, { schema: '', fsync: 'always' });
      if (setAside !== undefined)
        throw new CommandError(`${file} is damaged: it was moved to ${setAside}`, exitCode.failed);
      // Closed also where the reader stops in the middle: who comes next would find it in use.
      await using _closed = { [Symbol.asyncDispose]: () => database.close() };
      const queue = await readQueue(file, database);
      if (queue) yield queue;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const why = error.problem === 'in use' ? 'a process has it open: stop it first' : error.message;
      throw new CommandError(`cannot open ${file}: ${why}`, exitCode.failed, { cause: error });
    }
  }
}

async function readQueue(path: string, database: Database): Promise<OpenQueue | undefined> {
  const [tables = []] = await database.transact([isQueueStep]);
  if (tables.length === 0) return undefined;
  const [rows = []] = await database.transact([indexStep]);
  return { path, database, entries: indexOf(rows) };
}

async function databaseFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile() && entry.name.endsWith('.db'));
    return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${systemReason(error)}`, exitCode.failed, { cause: error });
  }
}
