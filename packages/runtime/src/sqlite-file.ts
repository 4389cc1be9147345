import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  DatabaseError,
  type DatabaseOptions,
  type FsyncPolicy,
  type SqlRow,
  type SqlStep,
} from './database.ts';
import { databaseError } from './sqlite-problem.ts';

/** The file itself, and those that SQLite has beside it while it is open. */
const suffixes = ['', '-wal', '-shm'];

const synchronous: Readonly<Record<FsyncPolicy, string>> = {
  always: 'FULL',
  interval: 'NORMAL',
  never: 'OFF',
};

/** A file of SQLite with a write-ahead log. Everything it does, it does at once, so it belongs on a thread of its own. */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Throws {@link DatabaseError}; nothing of the transaction holds then. */
  transact(steps: readonly SqlStep[]): readonly (readonly SqlRow[])[] {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const answers = steps.map(({ sql, rows = [[]] }) => {
        const statement = this.#prepared(sql);
        return rows.flatMap((parameters) => statement.all(...parameters) as SqlRow[]);
      });
      this.#database.exec('COMMIT');
      return answers;
    } catch (thrown) {
      this.#rollBack();
      throw databaseError(thrown);
    }
  }

  /** Brings what was written to the disk itself, and gives room back that is no longer used. */
  checkpoint(): void {
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE); PRAGMA incremental_vacuum(256)');
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** After some failures SQLite has rolled back by itself. */
  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }
}

/** Opens a file; a damaged one is renamed to `setAside` and a new one made. Throws {@link DatabaseError}. */
export function openSqliteFile(
  path: string,
  options: DatabaseOptions,
  now: Date,
): { readonly file: SqliteFile; readonly setAside: string | undefined } {
  if (options.onlyExisting) return { file: openExisting(path, options), setAside: undefined };
  try {
    makeFolder(dirname(path));
    if (options.afresh) for (const suffix of suffixes) rmSync(path + suffix, { force: true });
    return { file: openSound(path, options), setAside: undefined };
  } catch (thrown) {
    const error = databaseError(thrown);
    if (error.problem !== 'damaged') throw error;
  }
  try {
    const setAside = setFileAside(path, now);
    return { file: openSound(path, options), setAside };
  } catch (thrown) {
    throw databaseError(thrown);
  }
}

function openExisting(path: string, options: DatabaseOptions): SqliteFile {
  if (!existsSync(path)) throw new DatabaseError('other', `there is no file ${path}`);
  try {
    return openSound(path, options);
  } catch (thrown) {
    throw databaseError(thrown);
  }
}

/** On a read-only disk Node says that the folder is not there; that it cannot be made is what helps. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    let above = dirname(path);
    while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
    accessSync(above, constants.W_OK);
    throw error;
  }
}

function openSound(path: string, { schema, fsync, onlyExisting }: DatabaseOptions): SqliteFile {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // The lock is held until the file is closed: two programs that send one queue would send everything twice.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    if (!onlyExisting) database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${synchronous[fsync]}; BEGIN IMMEDIATE; COMMIT`);
    const found = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
    if (found !== 'ok') throw new DatabaseError('damaged', String(found));
    database.exec(schema);
    return new SqliteFile(database);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function setFileAside(path: string, now: Date): string {
  const aside = `${path}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of suffixes) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}
