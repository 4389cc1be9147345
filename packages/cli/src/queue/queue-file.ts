import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { indexOf, indexStep, isQueueStep, type StoredEntry } from '@pewter/pyroscope/queue-files';
import { type Database, DatabaseError, type DatabaseProblem } from '@pewter/runtime';
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

/**
 * What is a queue, of a file or of the `.db` files below a folder, opened one after the other and as it is; one that
 * cannot be opened is told and passed over. Rejects with {@link CommandError} where there is nothing to look into.
 */
export async function* openQueues(path: string, tell: (problem: string) => void): AsyncGenerator<OpenQueue> {
  const { databases } = realOutside();
  for (const file of await databaseFiles(path)) {
    try {
      const { database } = await databases.open(file, { schema: '', fsync: 'always', onlyExisting: true });
      // Closed also where the reader stops in the middle: who comes next would find it in use.
      await using _closed = { [Symbol.asyncDispose]: () => database.close() };
      const queue = await readQueue(file, database);
      if (queue) yield queue;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      tell(`cannot open ${file}: ${reasons[error.problem] ?? error.message}`);
    }
  }
}

const reasons: Readonly<Partial<Record<DatabaseProblem, string>>> = {
  'in use': 'a process has it open: stop it first',
  damaged: 'it is no queue file, or damaged; it was left as it is',
};

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
