import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { DropLog } from './drop-log.ts';

test('drops of one kind are told at once, then every minute with how many there were', async () => {
  const context = testContext();
  const log = new DropLog(context, 'http://x');
  for (let second = 0; second < 130; second++) {
    log.dropped(503, 2, { err: 'down', profile: '{a="1"}', status: 503 });
    if (second === 30) log.dropped('full', 1, { err: 'the queue is full', profile: '{b="1"}' });
    await context.clock.advance(1000);
  }
  assert.deepEqual(
    context.lines.map(({ err, profile, profiles }) => [err, profile, profiles]),
    [
      ['down', '{a="1"}', 2],
      ['the queue is full', '{b="1"}', 1],
      ['down', '{a="1"}', 120],
      ['down', '{a="1"}', 120],
    ],
  );
});
