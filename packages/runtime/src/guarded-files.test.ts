import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFiles } from '@pewter/testkit';
import { guardedFiles } from './guarded-files.ts';

test('a watcher that throws is told of, and goes on being called until it is cancelled', () => {
  const files = new MemoryFiles({ '/a': 'one' });
  const thrown: unknown[] = [];
  const cancel = guardedFiles(files, (one) => thrown.push(one)).watch('/a', () => {
    throw new Error('fails');
  });
  files.write('/a', 'two');
  files.write('/a', 'three');
  cancel();
  files.write('/a', 'four');
  assert.deepEqual(
    thrown.map((one) => (one instanceof Error ? one.message : one)),
    ['fails', 'fails'],
  );
});
