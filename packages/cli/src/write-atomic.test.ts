import assert from 'node:assert/strict';
import { chmod, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
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
