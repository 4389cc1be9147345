import { Worker } from 'node:worker_threads';
import {
  type Database,
  DatabaseError,
  type DatabaseOptions,
  type Databases,
  type OpenedDatabase,
  type SqlStep,
  type SqlValue,
} from './database.ts';
import type { DatabaseAnswer, DatabaseRequest, NumberedAnswer } from './database-messages.ts';
import { databaseError } from './sqlite-problem.ts';

type Success = DatabaseAnswer & { readonly ok: true };

interface Waiting {
  resolve(answer: Success): void;
  reject(error: DatabaseError): void;
}

/** Databases in files of the machine, all on one thread of their own, which starts with the first. */
export function realDatabases(): Databases {
  let thread: DatabaseThread | undefined;
  let files = 0;
  return {
    async open(path: string, options: DatabaseOptions): Promise<OpenedDatabase> {
      if (thread === undefined || thread.ended) thread = new DatabaseThread();
      const used = thread;
      const file = ++files;
      const { setAside } = await used.ask({ kind: 'open', file, path, options });
      return { database: databaseOn(used, file), setAside };
    },
  };
}

function databaseOn(thread: DatabaseThread, file: number): Database {
  return {
    transact: async (steps) =>
      (await thread.ask({ kind: 'transact', file, steps: steps.map(copied) })).answers,
    close: () =>
      thread.ask({ kind: 'close', file }).then(
        () => undefined,
        () => undefined,
      ),
  };
}

/** A view into a larger buffer would take all of that buffer along, and moving the original would take it from its owner. */
function copied({ sql, rows }: SqlStep): SqlStep {
  if (rows === undefined) return { sql };
  const copy = (value: SqlValue) => (value instanceof Uint8Array ? new Uint8Array(value) : value);
  return { sql, rows: rows.map((row) => row.map(copy)) };
}

class DatabaseThread {
  readonly #worker = new Worker(new URL('./database-worker.ts', import.meta.url));
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  ended = false;

  constructor() {
    this.#worker.on('message', ({ number, answer }: NumberedAnswer) => this.#answered(number, answer));
    this.#worker.on('error', (error) => this.#end(databaseError(error).message));
    this.#worker.on('exit', () => this.#end('the thread of the databases has ended'));
    this.#worker.unref();
  }

  ask(request: DatabaseRequest): Promise<Success> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(new DatabaseError('other', 'the thread of the databases has ended'));
      const number = ++this.#last;
      this.#waiting.set(number, { resolve, reject });
      // The process lives on for as long as an answer is awaited, and no longer.
      this.#worker.ref();
      this.#worker.postMessage({ number, request }, bytesOf(request));
    });
  }

  #answered(number: number, answer: DatabaseAnswer): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (answer.ok) waiting?.resolve(answer);
    else waiting?.reject(new DatabaseError(answer.problem, answer.message));
  }

  #end(why: string): void {
    this.ended = true;
    for (const { reject } of this.#waiting.values()) reject(new DatabaseError('other', why));
    this.#waiting.clear();
  }
}

/** Bytes that are moved rather than copied once more. */
function bytesOf(request: DatabaseRequest): ArrayBuffer[] {
  if (request.kind !== 'transact') return [];
  const values = request.steps.flatMap(({ rows = [] }) => rows.flat());
  return values.flatMap((value) => (value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []));
}
