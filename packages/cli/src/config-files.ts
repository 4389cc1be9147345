import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type SourceFile, sourceFromBytes } from '@pewter/syntax';
import { CommandError, systemReason } from './command-error.ts';
import { exitCode } from './exit-code.ts';
import { distinctPaths, expandPatterns } from './expand-patterns.ts';

const extension = '.alloy';

/**
 * The texts that make up one config: a file, or all `*.alloy` files of a directory (not of those below it) by name.
 * Rejects with {@link CommandError} when there is nothing that can be read.
 */
export async function readConfig(path: string): Promise<SourceFile[]> {
  if (!(await isDirectory(path))) return [await readSource(path)];
  const names = await list(path, { recursive: false });
  if (names.length === 0) throw unreadable(path, `the directory has no ${extension} files`);
  const sources: SourceFile[] = [];
  for (const name of names) sources.push(await readSource(name));
  return sources;
}

/** What stands in folders of these names is nobody's config: the insides of version control, packages of others. */
const foreign: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules']);

/**
 * The files behind paths and patterns, each once and in the order of the paths: files as they are, of directories
 * all `*.alloy` files in and below them, without those that are {@link foreign}. Rejects with {@link CommandError}.
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of await expandPatterns(paths)) {
    if (await isDirectory(path)) found.push(...(await list(path, { recursive: true })));
    else found.push(path);
  }
  return distinctPaths(found);
}

/**
 * A text with its path as its name; what is not UTF-8 in it is left to the parser, which reports it at its place.
 * Rejects with {@link CommandError}.
 */
export async function readSource(path: string): Promise<SourceFile> {
  return sourceFromBytes(path, await attempt(path, readFile(path)));
}

async function isDirectory(path: string): Promise<boolean> {
  return (await attempt(path, stat(path))).isDirectory();
}

/** The `*.alloy` files of a directory by name, or those in and below it by path. */
async function list(path: string, options: { recursive: boolean }): Promise<string[]> {
  const entries = await attempt(path, readdir(path, { withFileTypes: true }));
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(extension));
  const found = files.map(({ name }) => join(path, name));
  for (const { name } of options.recursive ? entries.filter(isOwnFolder) : []) {
    found.push(...(await list(join(path, name), options)));
  }
  return found.sort();
}

function isOwnFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !foreign.has(entry.name);
}

async function attempt<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw unreadable(path, systemReason(error), error);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): CommandError {
  return new CommandError(`cannot read ${path}: ${reason}`, exitCode.unusable, { cause });
}
