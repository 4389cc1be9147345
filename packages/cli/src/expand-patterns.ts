import { glob, lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import { exitCode } from './exit-code.ts';

/**
 * The paths with each pattern replaced by what it matches, by name, as a shell does it with unquoted ones: `*`, `?`,
 * `[…]`, `{…}` and `**` for any depth. A path that exists is none, whatever its name. Each path is there once.
 * Rejects with {@link CommandError} when nothing matches a pattern.
 */
export async function expandPatterns(paths: readonly string[]): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) expanded.push(...((await isPattern(path)) ? await matches(path) : [path]));
  return distinctPaths(expanded);
}

/** The paths without those that name a file again, be it in another spelling such as `./a` for `a`. */
export function distinctPaths(paths: readonly string[]): string[] {
  const byPlace = new Map<string, string>();
  for (const path of paths) {
    const place = path === '-' ? path : resolve(path);
    if (!byPlace.has(place)) byPlace.set(place, path);
  }
  return [...byPlace.values()];
}

async function isPattern(path: string): Promise<boolean> {
  return /[*?[{]/.test(path) && !(await exists(path));
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

async function matches(pattern: string): Promise<string[]> {
  const found = await Array.fromAsync(glob(pattern));
  if (found.length > 0) return found.sort();
  throw new CommandError(`nothing matches the pattern ${pattern}`, exitCode.unusable);
}
