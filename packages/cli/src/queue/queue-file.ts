import { indexOf, indexStep, isQueueStep, type StoredEntry, seriesOf } from '@pewter/pyroscope/queue-files';
import { type Database, DatabaseError, type DatabaseProblem } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { findQueues } from './find-queues.ts';

/** A queue file that is open. */
export interface OpenQueue {
  readonly path: string;
  readonly database: Database;
  /** Oldest first. */
  readonly entries: readonly StoredEntry[];
}

/**
 * A queue file, or those in and below a folder, opened one after the other and as they are; one that cannot be opened
 * is told and passed over. Rejects with {@link CommandError} where there is none.
 */
export async function* openQueues(path: string, tell: (problem: string) => void): AsyncGenerator<OpenQueue> {
  const { databases } = realOutside();
  const { files, looked } = await findQueues(path);
  let found = 0;
  for (const file of files) {
    try {
      const { database } = await databases.open(file, { schema: '', fsync: 'always', onlyExisting: true });
      // Closed also where the reader stops in the middle: who comes next would find it in use.
      await using _closed = { [Symbol.asyncDispose]: () => database.close() };
      const queue = await readQueue(file, database);
      if (queue === undefined) continue;
      found++;
      yield queue;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      found++;
      tell(`cannot open ${file}: ${reasons[error.problem] ?? error.message}`);
    }
  }
  if (found === 0) throw new CommandError(`no queue file at ${looked}`, exitCode.unusable);
}

/** A stored profile for people: its series, and when it came. */
export function entryText({ series, arrived }: StoredEntry): string {
  return `${seriesOf(series)}, came ${isoTime(arrived)}`;
}

/** A time as messages have it. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
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
