import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { OutageLog } from './outage-log.ts';

test('an outage is told when it begins, each minute, and when it is over', async () => {
  const context = testContext();
  const outage = new OutageLog({ context, url: 'http://x', waiting: () => 7 });
  outage.succeeded();
  for (let second = 0; second < 90; second++) {
    outage.failed({ reason: 'connection refused' });
    await context.clock.advance(1_000);
  }
  outage.succeeded();
  outage.succeeded();
  assert.deepEqual(
    context.lines.map(({ msg }) => msg),
    [
      'endpoint fails, pushes are tried again',
      'endpoint fails, pushes are tried again',
      'endpoint takes profiles again',
    ],
  );
  const [first, , last] = context.lines;
  assert.deepEqual(
    [first?.endpoint, first?.err, first?.profiles_waiting],
    ['http://x', 'connection refused', 7],
  );
  assert.equal(last?.seconds, 90);
});
