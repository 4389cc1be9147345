import type { DatabaseOptions, DatabaseProblem, SqlRow, SqlStep } from './database.ts';

/** What the thread of the databases is asked; `file` is a number that the asking side chooses. */
export type DatabaseRequest =
  | { readonly kind: 'open'; readonly file: number; readonly path: string; readonly options: DatabaseOptions }
  | { readonly kind: 'transact'; readonly file: number; readonly steps: readonly SqlStep[] }
  | { readonly kind: 'close'; readonly file: number };

/** A request with its number; answers carry the same. */
export interface NumberedRequest {
  readonly number: number;
  readonly request: DatabaseRequest;
}

/** What a request came to. */
export type DatabaseAnswer =
  | {
      readonly ok: true;
      readonly answers: readonly (readonly SqlRow[])[];
      readonly setAside: string | undefined;
    }
  | { readonly ok: false; readonly problem: DatabaseProblem; readonly message: string };

export interface NumberedAnswer {
  readonly number: number;
  readonly answer: DatabaseAnswer;
}
