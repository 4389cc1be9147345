import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPewter } from './harness/process.ts';

test('the demo, asked for one round, scrapes real profiles and ends with 0', async () => {
  const { status, stdout, stderr } = await runPewter(['demo', '--once']);
  assert.equal(status, 0, `${stdout}${stderr}`);
});
