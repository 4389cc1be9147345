import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = process.env.PEWTER_REFERENCE ?? resolve(import.meta.dirname, '../../../shared/reference');

/** A file of the reference's measurements. */
export function referencePath(path: string): string {
  return resolve(folder, path);
}

/** The reason to skip a test that needs this file; false where it is there. */
export function missing(path: string): string | false {
  return !existsSync(referencePath(path)) && `${referencePath(path)} is absent`;
}

/** The objects in a file of JSON lines; none where the file is absent. */
export function readReferenceLines<T>(path: string): T[] {
  if (missing(path) !== false) return [];
  const lines = readFileSync(referencePath(path), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}
