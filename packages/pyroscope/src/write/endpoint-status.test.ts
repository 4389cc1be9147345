import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import { EndpointStatus } from './endpoint-status.ts';

test('an endpoint is unknown, up or down by its last attempt, and its last error is kept', async () => {
  const clock = new VirtualClock();
  const status = new EndpointStatus(clock);
  assert.deepEqual(status.debugInfo(), { health: 'unknown' });
  const failedAt = new Date(clock.now()).toISOString();
  status.failed({ reason: 'HTTP 401', hint: 'give basic_auth' });
  const error = { last_error: 'HTTP 401', last_error_time: failedAt, hint: 'give basic_auth' };
  assert.deepEqual(status.debugInfo(), { health: 'down', ...error });
  await clock.advance(5_000);
  status.succeeded();
  const last_success = new Date(clock.now()).toISOString();
  assert.deepEqual(status.debugInfo(), { health: 'up', last_success, ...error });
});
