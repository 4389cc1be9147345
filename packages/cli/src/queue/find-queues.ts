import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tableName } from '@pewter/pyroscope/queue-files';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/** What there is to look into. */
export interface Candidates {
  readonly files: readonly string[];
  /** What was looked at, for a message that nothing is there. */
  readonly looked: string;
}

/**
 * The file that is named, or the queues in and below a folder. These are known by what they begin with, whatever their
 * names are, so that nobody else's database is opened. Rejects with {@link CommandError} where it cannot be read.
 */
export async function findQueues(path: string): Promise<Candidates> {
  try {
    if (!(await stat(path)).isDirectory()) return { files: [path], looked: path };
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    const all = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const files: string[] = [];
    for (const file of all.toSorted()) if (await seemsQueue(file)) files.push(file);
    const count = all.length === 1 ? 'of 1 file' : `of ${all.length} files`;
    return { files, looked: `${path}: ${count} in and below it none is one` };
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${systemReason(error)}`, exitCode.unusable, {
      cause: error,
    });
  }
}

/** A damaged file that was told when it was set aside. */
const setAside = /\.damaged-[\dTZ-]+$/;
const magic = 'SQLite format 3\0';
/** The largest page there is; the first one has the names of the tables. */
const pageBytes = 65_536;

/** A file named as a queue is by default counts too: if it is none, somebody wants to know. */
async function seemsQueue(file: string): Promise<boolean> {
  if (setAside.test(file)) return false;
  if (file.endsWith('.db')) return true;
  const first = await beginning(file);
  if (!first.startsWith(magic)) return false;
  // What was written last may be in the write-ahead log alone.
  return first.includes(tableName) || (await beginning(`${file}-wal`)).includes(tableName);
}

/** The first bytes of a file as characters; none of one that cannot be read. */
async function beginning(file: string): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(pageBytes), 0, pageBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return '';
  }
}
