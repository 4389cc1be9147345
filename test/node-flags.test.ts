import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { startPewter } from './harness/pewter.ts';

test('a pipeline runs in a process with flags that keep it small, under the id that was started', async (t) => {
  if (process.platform !== 'linux') return t.skip('reads /proc');
  await using pewter = await startPewter('');
  const command = (await readFile(`/proc/${pewter.pid}/cmdline`, 'utf8')).split('\0');
  assert.ok(command.includes('--max-semi-space-size=4'), command.join(' '));
  assert.equal((await fetch(`${pewter.url}/-/ready`)).status, 200);
});
