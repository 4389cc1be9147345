import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle, testContext } from '@pewter/testkit';
import { Registry } from 'prom-client';
import { waitAfter } from './backoff.ts';
import { Endpoint } from './endpoint.ts';
import { createWriteMetrics } from './metrics.ts';
import type { PushResult } from './push-client.ts';
import { MemoryQueue } from './queue.ts';

const profile = { labels: [], bytes: new Uint8Array(3), id: '' };
const failed = (status?: number): PushResult => ({ ok: false, status, reason: `HTTP ${status}` });
const ok: PushResult = { ok: true };

/** An endpoint whose server answers with these in turn, the last one for ever. */
function setUp(answers: PushResult[], over: { maxAttempts?: number; retryOn429?: boolean } = {}) {
  const context = testContext();
  const attempts: number[] = [];
  const registry = new Registry();
  const client = {
    async push() {
      attempts.push(context.clock.monotonic());
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? ok;
    },
  };
  const endpoint = new Endpoint({
    context,
    url: 'http://x',
    client,
    queue: new MemoryQueue({ maxProfiles: 3, maxBytes: 1000 }),
    metrics: createWriteMetrics(registry),
    minMs: 100,
    maxMs: 1000,
    maxAttempts: 10,
    retryOn429: true,
    random: () => 0.5,
    ...over,
  });
  const metric = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values[0]?.value;
  return { endpoint, attempts, clock: context.clock, lines: context.lines, metric };
}

describe('an endpoint', () => {
  for (const status of [408, 429, 500, 503, undefined]) {
    test(`tries again after ${status ?? 'a failed connection'}`, async () => {
      const { endpoint, attempts, clock, metric } = setUp([failed(status), failed(status), ok]);
      const result = endpoint.append(profile);
      await clock.advance(10_000);
      assert.deepEqual([attempts, (await result).delivered], [[0, 50, 150], true]);
      assert.equal(await metric('pyroscope_write_retries_total'), 2);
      assert.equal(await metric('pyroscope_write_sent_bytes_total'), 3);
    });
  }

  for (const status of [400, 401, 403, 404, 413, 422]) {
    test(`does not try again after ${status}, and says so`, async () => {
      const { endpoint, attempts, clock, lines, metric } = setUp([failed(status)]);
      const result = endpoint.append(profile);
      await clock.advance(10_000);
      const outcome = await result;
      assert.equal(attempts.length, 1);
      assert.equal(!outcome.delivered && outcome.status, status);
      assert.equal(
        lines.some(({ msg }) => msg === 'profiles dropped'),
        true,
      );
      assert.equal(await metric('pyroscope_write_dropped_profiles_total'), 1);
    });
  }

  test('does not try again after 429 when it is told not to', async () => {
    const { endpoint, attempts, clock } = setUp([failed(429)], { retryOn429: false });
    void endpoint.append(profile);
    await clock.advance(10_000);
    assert.equal(attempts.length, 1);
  });

  test('counts attempts in all, and never stops at 0', async () => {
    const few = setUp([failed(503)], { maxAttempts: 2 });
    void few.endpoint.append(profile);
    await few.clock.advance(100_000);
    assert.equal(few.attempts.length, 2);
    const endless = setUp([failed(503)], { maxAttempts: 0 });
    void endless.endpoint.append(profile);
    await endless.clock.advance(100_000);
    assert.ok(endless.attempts.length > 150);
  });

  test('drops the oldest when its queue is full, and tells them', async () => {
    const { endpoint, metric } = setUp([failed(503)], { maxAttempts: 0 });
    const results = Array.from({ length: 8 + 3 + 2 }, () => endpoint.append(profile));
    const outcome = await Promise.race(results);
    assert.equal(!outcome.delivered && outcome.reason, 'dropped: the queue is full');
    await settle();
    assert.equal(await metric('pyroscope_write_dropped_profiles_total'), 2);
  });

  test('sends what waits when it stops', async () => {
    const { endpoint, clock } = setUp([failed(503), ok]);
    const results = [endpoint.append(profile), endpoint.append(profile)];
    const stopping = endpoint.stop(5000);
    await clock.advance(1000);
    await stopping;
    assert.deepEqual(
      (await Promise.all(results)).map(({ delivered }) => delivered),
      [true, true],
    );
    assert.equal(clock.pending, 0);
  });

  test('ends within its grace although the server is dead and retries have no end', async () => {
    const { endpoint, clock } = setUp([failed()], { maxAttempts: 0 });
    const results = Array.from({ length: 11 }, () => endpoint.append(profile));
    const stopping = endpoint.stop(5000);
    await clock.advance(5000);
    await stopping;
    assert.equal(
      (await Promise.all(results)).some(({ delivered }) => delivered),
      false,
    );
    assert.equal(clock.pending, 0);
  });
});

describe('the wait between attempts', () => {
  const options = { minMs: 100, maxMs: 1000, maxAttempts: 0 };

  test('doubles its bound up to the largest', () => {
    const waits = [1, 2, 3, 4, 5, 100].map((attempt) => waitAfter(attempt, options, () => 0.5));
    assert.deepEqual(waits, [50, 100, 200, 400, 500, 500]);
  });

  test('may be anything below the bound', () => {
    assert.equal(
      waitAfter(3, options, () => 0),
      0,
    );
  });
});
