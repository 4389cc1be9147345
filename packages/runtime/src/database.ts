/** What a column holds. Integers within 2^53 only. */
export type SqlValue = null | number | string | Uint8Array;

/** One row of an answer, by the names of its columns. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One statement of SQLite's language, and how often it is carried out. */
export interface SqlStep {
  readonly sql: string;
  /** Once with each of these lists of parameters; once without any where it is absent. */
  readonly rows?: readonly (readonly SqlValue[])[];
}

/**
 * What a finished transaction outlives. The end of the process, however it comes: always. Loss of power: `always`
 * every one; `interval` those older than about a second; `never` perhaps none, and the file may be damaged.
 */
export type FsyncPolicy = 'always' | 'interval' | 'never';

export interface DatabaseOptions {
  /** Makes tables that are not there yet. */
  readonly schema: string;
  readonly fsync: FsyncPolicy;
  /** What the file holds is of no use any more: a new one takes its place. */
  readonly afresh?: boolean;
  /** For those who only look: nothing is made or changed, and a damaged file stays where it is. */
  readonly onlyExisting?: boolean;
}

/** A database in a file of its own, which this process alone uses while it is open. */
export interface Database {
  /**
   * Carries out all steps or none, in the order of the calls and never on the thread of the caller; resolves once
   * they hold, with the rows that each step gave. Rejects with {@link DatabaseError}. Bytes that are handed in are copied.
   */
  transact(steps: readonly SqlStep[]): Promise<readonly (readonly SqlRow[])[]>;
  /** Ends it after what is under way. Never rejects. */
  close(): Promise<void>;
}

/** A database that is open, and what was in its place. */
export interface OpenedDatabase {
  readonly database: Database;
  /** Where a damaged file was moved to, so that a new one could take its place; undefined where all was well. */
  readonly setAside: string | undefined;
}

/** Data that outlives the process. */
export interface Databases {
  /**
   * Opens the file, making it and its folder where they are not there, and looks whether it is sound: a damaged
   * one is renamed. Rejects with {@link DatabaseError}.
   */
  open(path: string, options: DatabaseOptions): Promise<OpenedDatabase>;
}

/** Why a database cannot do what it is asked. */
export type DatabaseProblem = 'full' | 'read-only' | 'damaged' | 'in use' | 'other';

/** A failure of a database, with its kind. */
export class DatabaseError extends Error {
  readonly problem: DatabaseProblem;

  constructor(problem: DatabaseProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseError';
    this.problem = problem;
  }
}
