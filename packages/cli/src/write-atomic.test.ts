import assert from 'node:assert/strict';
import { chmod, chown, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './temporary-folder.test-help.ts';
import { writeAtomic } from './write-atomic.ts';

test('a file gets its new text and keeps its mode', async (t) => {
  const folder = await temporaryFolder(t, { a: 'old' });
  await chmod(join(folder, 'a'), 0o666);
  await writeAtomic(join(folder, 'a'), 'new');
  assert.equal(await readFile(join(folder, 'a'), 'utf8'), 'new');
  assert.equal((await stat(join(folder, 'a'))).mode & 0o777, 0o666);
  assert.deepEqual(await readdir(folder), ['a']);
});

test('a symbolic link stays one', async (t) => {
  const folder = await temporaryFolder(t, { a: 'old' });
  await symlink('a', join(folder, 'link'));
  await writeAtomic(join(folder, 'link'), 'new');
  assert.ok((await lstat(join(folder, 'link'))).isSymbolicLink());
  assert.equal(await readFile(join(folder, 'a'), 'utf8'), 'new');
});

test('a file that is not there is not made', async (t) => {
  const folder = await temporaryFolder(t, {});
  await assert.rejects(writeAtomic(join(folder, 'a'), 'new'), { code: 'ENOENT' });
  assert.deepEqual(await readdir(folder), []);
});

const isRoot = process.getuid?.() === 0;

test('a file keeps its owner when root writes it', {
  skip: !isRoot && 'only root can give files away',
}, async (t) => {
  const folder = await temporaryFolder(t, { a: 'old' });
  await chown(join(folder, 'a'), 1234, 5678);
  await writeAtomic(join(folder, 'a'), 'new');
  const { uid, gid } = await stat(join(folder, 'a'));
  assert.deepEqual([uid, gid], [1234, 5678]);
});

/** Root may do anything: as root the work is done as another user. */
async function asUser<T>(work: () => Promise<T>): Promise<T> {
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test('a file that may be written is, also where its folder may not', async (t) => {
  const folder = await temporaryFolder(t, { a: 'a long old text' });
  await chmod(join(folder, 'a'), 0o666);
  await chmod(folder, 0o555);
  await asUser(() => writeAtomic(join(folder, 'a'), 'new'));
  await chmod(folder, 0o755);
  assert.equal(await readFile(join(folder, 'a'), 'utf8'), 'new');
  assert.deepEqual(await readdir(folder), ['a']);
});

test('a file that may not be written is left alone, also where its folder may', async (t) => {
  const folder = await temporaryFolder(t, { a: 'old' });
  await chmod(join(folder, 'a'), 0o444);
  await chmod(folder, 0o777);
  await assert.rejects(
    asUser(() => writeAtomic(join(folder, 'a'), 'new')),
    { code: 'EACCES' },
  );
  assert.equal(await readFile(join(folder, 'a'), 'utf8'), 'old');
  assert.deepEqual(await readdir(folder), ['a']);
});
