import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What the file that takes another's place keeps of it. */
interface Kept {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Replaces the text of a file that exists: whoever reads it sees the old text or the new one, never a part. It keeps its mode and its owner,
 * and a symbolic link stays one. Where no other file can take its place, in a folder that may not be written or mounted by itself as
 * containers do, the text is written into it. Rejects with Node's error and leaves the file as it was.
 */
export async function writeAtomic(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  // Refuses a file that may not be written, although another could take its place.
  await (await open(target, 'r+')).close();
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await writeDurably(beside, text, await stat(target));
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    if (!(error instanceof Error && 'code' in error && irreplaceable.has(error.code))) throw error;
    await writeInto(target, text);
  }
}

/** The folder may not be written, or the file is a mount. */
const irreplaceable: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY']);

async function writeDurably(path: string, text: string, { mode, uid, gid }: Kept): Promise<void> {
  const file = await open(path, 'wx', mode & 0o600);
  try {
    // Only root may give a file away; others keep the group where they can.
    await file.chown(uid, gid).catch(() => file.chown(-1, gid).catch(() => undefined));
    await file.chmod(mode & 0o7777);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeInto(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, 0);
    await file.truncate(bytes.length);
    await file.sync();
  } finally {
    await file.close();
  }
}
