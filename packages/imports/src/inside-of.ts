import { posix } from 'node:path';

/** A path inside a folder in its plain form, `.` for the folder itself; undefined where it leads out. */
export function insideOf(path: string): string | undefined {
  const plain = posix.normalize(path === '' ? '.' : path).replace(/(?<=.)\/$/, '');
  return plain === '..' || plain.startsWith('../') || posix.isAbsolute(plain) ? undefined : plain;
}
