import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turnstile } from './turnstile.ts';

test('a turnstile lets so many through at a time, in their order, also after a failure', async () => {
  const turnstile = new Turnstile(2);
  const ends: PromiseWithResolvers<void>[] = [];
  const begun: number[] = [];
  const all = [0, 1, 2, 3].map((number) =>
    turnstile.pass(() => {
      begun.push(number);
      ends[number] = Promise.withResolvers<void>();
      return ends[number].promise;
    }),
  );
  assert.deepEqual(begun, [0, 1]);
  ends[1]?.reject(new Error('no'));
  await assert.rejects(all[1] ?? Promise.resolve());
  assert.deepEqual(begun, [0, 1, 2]);
  ends[0]?.resolve();
  await all[0];
  assert.deepEqual(begun, [0, 1, 2, 3]);
  ends[2]?.resolve();
  ends[3]?.resolve();
  await Promise.all([all[2], all[3]]);
});
