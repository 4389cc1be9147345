import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textFromBytes } from '@pewter/language';

const root = process.env.PEWTER_REFERENCE ?? join(import.meta.dirname, '../../../../shared/reference');

/** The recorded cases of a file of the reference data, one JSON value a line; none where the data is absent. */
export function recordings<T>(path: string): readonly T[] {
  const file = join(root, path);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line, keepPrecision) as T);
}

/** The text whose bytes are written in hexadecimal. */
export function unhex(hex: string): string {
  return textFromBytes(Buffer.from(hex, 'hex'));
}

/** Whole numbers that a JavaScript number can not hold stay as they are written. */
function keepPrecision(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? context?.source
    : value;
}
