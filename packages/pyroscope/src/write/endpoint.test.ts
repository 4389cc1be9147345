import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle, testContext } from '@pewter/testkit';
import { Registry } from 'prom-client';
import type { Profile } from '../profiles-receiver.ts';
import { waitAfter } from './backoff.ts';
import { DropLog } from './drop-log.ts';
import { Endpoint, type EndpointOptions } from './endpoint.ts';
import { EndpointStatus } from './endpoint-status.ts';
import { MemoryQueue } from './memory-queue.ts';
import { createWriteMetrics } from './metrics.ts';
import { OutageLog } from './outage-log.ts';
import { Pulse } from './pulse.ts';
import type { PushResult } from './push-client.ts';

const profile = { labels: [], bytes: new Uint8Array(3), id: '' };
const failed = (status?: number): PushResult => ({ ok: false, status, reason: `HTTP ${status}` });
const ok: PushResult = { ok: true };

/** An endpoint whose server answers with these in turn, the last one for ever. */
function setUp(answers: PushResult[], over: Partial<EndpointOptions> = {}) {
  const context = testContext();
  const attempts: number[] = [];
  const registry = new Registry();
  const metrics = createWriteMetrics(registry, () => []);
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
    queue: new MemoryQueue({
      maxBytes: 9,
      maxAge: 3_600_000,
      clock: context.clock,
      dropped: (count) => metrics.droppedProfiles.inc({ endpoint: 'http://x' }, count),
    }),
    metrics,
    senders: 8,
    log: new DropLog(context, 'http://x'),
    pulse: new Pulse(context.clock),
    status: new EndpointStatus(context.clock),
    outage: new OutageLog({ context, url: 'http://x', waiting: () => 1 }),
    patient: false,
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

describe('a patient endpoint', () => {
  test('uses up no attempts while its server takes nothing, and none waits long once it does', async () => {
    const { endpoint, clock } = setUp([...Array.from({ length: 30 }, () => failed(503)), ok], {
      patient: true,
      maxAttempts: 2,
      maxMs: 100_000,
    });
    const results = Promise.all(Array.from({ length: 6 }, () => endpoint.append(profile)));
    await clock.advance(200_000);
    assert.equal(
      (await results).every(({ delivered }) => delivered),
      true,
    );
    assert.equal(clock.pending, 0);
  });

  test('gives up a profile that its server does not take while it takes others', async () => {
    const bad = { ...profile, id: 'bad' };
    const attempts: string[] = [];
    const client = {
      push: async ({ id }: Profile): Promise<PushResult> => {
        attempts.push(id);
        return id === 'bad' ? failed(500) : ok;
      },
    };
    const { endpoint, clock } = setUp([], { patient: true, maxAttempts: 3, client });
    const result = endpoint.append(bad);
    for (let count = 0; count < 20; count++) {
      void endpoint.append(profile);
      await clock.advance(100);
    }
    assert.equal((await result).delivered, false);
    assert.ok(attempts.filter((id) => id === 'bad').length <= 4);
  });
});

describe('Retry-After', () => {
  test('is the least to wait, and max_backoff_period the most', async () => {
    const busy: PushResult = { ok: false, status: 429, reason: 'busy', retryAfter: '1' };
    const slow: PushResult = { ...busy, retryAfter: '3600' };
    const { endpoint, attempts, clock } = setUp([busy, slow, ok], { maxMs: 5000 });
    void endpoint.append(profile);
    await clock.advance(20_000);
    assert.deepEqual(attempts, [0, 1050, 6050]);
  });
});

describe('the wait between attempts', () => {
  const options = { minMs: 100, maxMs: 1000 };

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
