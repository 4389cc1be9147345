import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceFile } from '@pewter/syntax';
import { CommandError, systemReason } from './command-error.ts';
import { exitCode } from './exit-code.ts';

const extension = '.alloy';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The texts that make up one config: a file, or all `*.alloy` files of a directory (not of those below it) by name.
 * Rejects with {@link CommandError} when there is nothing that can be read.
 */
export async function readConfig(path: string): Promise<SourceFile[]> {
  if (!(await isDirectory(path))) return [await readSource(path)];
  const names = await list(path, { recursive: false });
  if (names.length === 0) throw unreadable(path, `the directory has no ${extension} files`);
  return Promise.all(names.map(readSource));
}

/** The files behind the paths, in the order of the paths: files as they are, of directories all `*.alloy` files in and below them. */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => ((await isDirectory(path)) ? list(path, { recursive: true }) : [path])),
  );
  return found.flat();
}

/** A text with its path as its name. Rejects with {@link CommandError}. */
export async function readSource(path: string): Promise<SourceFile> {
  const bytes = await attempt(path, readFile(path));
  try {
    return new SourceFile(path, utf8.decode(bytes));
  } catch (cause) {
    throw unreadable(path, 'it is not UTF-8 text', cause);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await attempt(path, stat(path))).isDirectory();
}

async function list(path: string, options: { recursive: boolean }): Promise<string[]> {
  const entries = await attempt(path, readdir(path, { ...options, withFileTypes: true }));
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
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
