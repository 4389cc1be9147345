import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext as NodeTest, test } from 'node:test';
import { realFiles } from './real-files.ts';

async function temporary(t: NodeTest): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('facts say what a path leads to and when it was written', async (t) => {
  const folder = await temporary(t);
  await writeFile(join(folder, 'a'), 'x');
  await utimes(join(folder, 'a'), 100, 100);
  await symlink('a', join(folder, 'link'));
  const { id, ...facts } = await realFiles.stat(join(folder, 'link'));
  assert.deepEqual(facts, { kind: 'file', modified: 100_000 });
  assert.equal(id, (await realFiles.stat(join(folder, 'a'))).id);
  assert.equal((await realFiles.stat(folder)).kind, 'folder');
  assert.notEqual((await realFiles.stat(folder)).id, id);
  assert.equal(await realFiles.readLink(join(folder, 'link')), 'a');
  await assert.rejects(realFiles.readLink(join(folder, 'a')), { code: 'EINVAL' });
  await assert.rejects(realFiles.stat(join(folder, 'none')), { code: 'ENOENT' });
});

test('a folder tells of entries that are made, written and removed, and is waited for', async (t) => {
  const folder = join(await temporary(t), 'later');
  let next = Promise.withResolvers<void>();
  const cancel = realFiles.watchFolder(folder, () => next.resolve());
  t.after(cancel);
  const change = async (work: () => Promise<unknown>) => {
    next = Promise.withResolvers<void>();
    await work();
    await next.promise;
  };
  await change(() => mkdir(folder));
  await change(() => writeFile(join(folder, 'a'), 'one'));
  await change(() => writeFile(join(folder, 'a'), 'two'));
  await change(() => rm(join(folder, 'a')));
});
