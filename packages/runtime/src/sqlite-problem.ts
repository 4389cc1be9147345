import { DatabaseError, type DatabaseProblem } from './database.ts';

/** SQLite's primary result codes, https://sqlite.org/rescode.html. */
const sqliteProblems: Readonly<Record<number, DatabaseProblem>> = {
  5: 'in use',
  6: 'in use',
  8: 'read-only',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
};

const systemProblems: Readonly<Record<string, DatabaseProblem>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  EDQUOT: 'full',
  ENOSPC: 'full',
};

/** What SQLite or the file system threw, as a coded error. */
export function databaseError(thrown: unknown): DatabaseError {
  if (thrown instanceof DatabaseError) return thrown;
  if (!(thrown instanceof Error)) return new DatabaseError('other', String(thrown));
  return new DatabaseError(problemOf(thrown), thrown.message, { cause: thrown });
}

function problemOf(error: Error): DatabaseProblem {
  // An extended code has its primary one in the lowest byte.
  if ('errcode' in error && typeof error.errcode === 'number')
    return sqliteProblems[error.errcode & 0xff] ?? 'other';
  return ('code' in error && systemProblems[String(error.code)]) || 'other';
}
