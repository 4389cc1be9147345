/** A line of a log as a record; the three keys that every line has come first. */
export type LogRecord = Readonly<Record<string, unknown>>;

const leading = ['ts', 'level', 'msg'];

/**
 * The record in logfmt, quoted as go-logfmt does: a value stands bare unless it is empty or holds a space, a
 * quote, `=`, a control character or what is no character at all; then it is a JSON string.
 */
export function logfmt(record: LogRecord): string {
  let line = '';
  for (const key of leading) if (record[key] !== undefined) line += pair(key, record[key], line);
  for (const key in record) if (!leading.includes(key)) line += pair(key, record[key], line);
  return line;
}

function pair(key: string, value: unknown, before: string): string {
  if (value === undefined) return '';
  return `${before === '' ? '' : ' '}${key.replace(/[\p{Cc}\s="\uFFFD]/gu, '_')}=${text(value)}`;
}

const needsQuotes = /[\p{Cc} "=\uFFFD\u2028\u2029]/u;

function text(value: unknown): string {
  if (value === null) return 'null';
  const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // go-logfmt quotes a text that reads `null`, so that it differs from nothing, and writes an empty one as `""`.
  return plain === '' || plain === 'null' || needsQuotes.test(plain) ? JSON.stringify(plain) : plain;
}
