import { DatabaseSync } from 'node:sqlite';
import {
  type Database,
  DatabaseError,
  type DatabaseOptions,
  type DatabaseProblem,
  type Databases,
  type OpenedDatabase,
  type SqlRow,
  type SqlStep,
} from '@pewter/runtime';

/** Databases in memory that live for as long as this object, by their paths; a test makes them fail. */
export class MemoryDatabases implements Databases {
  readonly #files = new Map<string, DatabaseSync>();
  readonly #open = new Set<string>();
  #problem: DatabaseProblem | undefined;
  /** Transactions that were carried out. */
  transactions = 0;

  /** Everything fails like this from now on; undefined: all is well again. */
  fail(problem: DatabaseProblem | undefined): void {
    this.#problem = problem;
  }

  /** The file is damaged: everything fails until it is opened again, as a new one. */
  damage(path: string): void {
    this.#files.get(path)?.close();
    this.#files.delete(path);
  }

  /** As if the process had been killed: what has it open uses it no more. */
  kill(): void {
    this.#open.clear();
  }

  /** The rows of a query, asked beside whoever has the file open. */
  rows(path: string, sql: string): readonly SqlRow[] {
    return (this.#files.get(path)?.prepare(sql).all() ?? []) as SqlRow[];
  }

  async open(path: string, { schema, afresh }: DatabaseOptions): Promise<OpenedDatabase> {
    this.#check();
    if (this.#open.has(path)) throw new DatabaseError('in use', 'database is locked');
    if (afresh) this.#files.delete(path);
    const file = this.#files.get(path) ?? new DatabaseSync(':memory:');
    file.exec(schema);
    this.#files.set(path, file);
    this.#open.add(path);
    return { database: this.#databaseOf(path, file), setAside: undefined };
  }

  #databaseOf(path: string, file: DatabaseSync): Database {
    return {
      transact: async (steps) => {
        this.#check();
        if (this.#files.get(path) !== file)
          throw new DatabaseError('damaged', 'database disk image is malformed');
        if (!this.#open.has(path)) throw new DatabaseError('other', 'the process was killed');
        this.transactions++;
        return transact(file, steps);
      },
      close: async () => void this.#open.delete(path),
    };
  }

  #check(): void {
    if (this.#problem !== undefined) throw new DatabaseError(this.#problem, `made to fail: ${this.#problem}`);
  }
}

function transact(file: DatabaseSync, steps: readonly SqlStep[]): readonly (readonly SqlRow[])[] {
  file.exec('BEGIN');
  try {
    const answers = steps.map(({ sql, rows = [[]] }) => {
      const statement = file.prepare(sql);
      return rows.flatMap((parameters) => statement.all(...parameters) as SqlRow[]);
    });
    file.exec('COMMIT');
    return answers;
  } catch (error) {
    file.exec('ROLLBACK');
    throw new DatabaseError('other', String(error));
  }
}
