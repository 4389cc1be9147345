import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces the text of a file that exists: whoever reads it sees the old text or the new one, never a part. It keeps its mode, and a
 * symbolic link stays one. Rejects with Node's error and leaves the file as it was.
 */
export async function writeAtomic(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await writeDurably(beside, text, mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    // The mode given to open is cut by the umask.
    await file.chmod(mode & 0o7777);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
