import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, mock, test } from 'node:test';
import { realOutside } from './real-outside.ts';

describe('the real outside', () => {
  test('waits out a delay that is longer than one timer of Node can hold', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let fired = 0;
      realOutside().clock.setTimeout(() => fired++, 2 ** 31 + 5_000);
      mock.timers.tick(2 ** 31 - 1);
      mock.timers.tick(5_000);
      assert.equal(fired, 0);
      mock.timers.tick(1);
      assert.equal(fired, 1);
    } finally {
      mock.timers.reset();
    }
  });

  test('tells of a file that is replaced by renaming another over it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outside-'));
    const { files } = realOutside();
    await writeFile(join(folder, 'a'), 'one');
    const seen = Promise.withResolvers<void>();
    const cancel = files.watch(join(folder, 'a'), () => seen.resolve());
    try {
      await writeFile(join(folder, 'b'), 'two!');
      await rename(join(folder, 'b'), join(folder, 'a'));
      await seen.promise;
      assert.equal(new TextDecoder().decode(await files.read(join(folder, 'a'))), 'two!');
    } finally {
      cancel();
      await rm(folder, { recursive: true });
    }
  });

  test('rejects reading what is not there with the code of Node', async () => {
    await assert.rejects(realOutside().files.read('/nonexistent/file'), { code: 'ENOENT' });
  });
});
