import { posix } from 'node:path';
import type { Files } from '@pewter/runtime';
import { isThere, namesIn } from './folder.ts';
import { compileSegment, filepathDialect, type GlobSegment } from './glob-segment.ts';

/**
 * The paths that exist and fit a pattern as Go's `filepath.Glob` has it: no part of it spans folders. Sorted by name
 * folder by folder. Throws an Error where the pattern is malformed.
 */
export function plainGlob(pattern: string, whole = pattern): (files: Files) => Promise<readonly string[]> {
  // A pattern without wildcards is a path, and stays as it is written.
  if (!hasWildcard(pattern)) return async (files) => ((await isThere(files, pattern)) ? [pattern] : []);
  const slash = pattern.lastIndexOf('/');
  const folder = slash < 0 ? '.' : pattern.slice(0, slash) || '/';
  const last = compileSegment(pattern.slice(slash + 1), filepathDialect, whole);
  if (!hasWildcard(folder)) return (files) => inside(files, folder, last);
  const folders = plainGlob(folder, whole);
  return async (files) => {
    const found = (await folders(files)).map((one) => inside(files, one, last));
    return (await Promise.all(found)).flat();
  };
}

function hasWildcard(pattern: string): boolean {
  return /[*?[\\]/.test(pattern);
}

async function inside(files: Files, folder: string, segment: GlobSegment): Promise<readonly string[]> {
  const names = await namesIn(files, folder);
  return names.filter((name) => segment.matches(name)).map((name) => posix.join(folder, name));
}
