import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import { delivered } from '../profiles-receiver.ts';
import { MemoryQueue } from './memory-queue.ts';

const never = new AbortController().signal;

function setUp(limits: { maxBytes?: number; maxAge?: number } = {}) {
  const clock = new VirtualClock();
  const drops: string[] = [];
  const failed: string[] = [];
  const queue = new MemoryQueue({
    maxBytes: 100,
    maxAge: 60_000,
    clock,
    dropped: (count, bytes, why) => drops.push(`${count} of ${bytes} bytes: ${why}`),
    ...limits,
  });
  const put = (id: string, size = 1) =>
    queue.put({ labels: [], bytes: new Uint8Array(size), id }, (result) => {
      if (!result.delivered) failed.push(id);
    });
  const take = async () => (await queue.take(never))?.profile.id;
  return { queue, clock, drops, failed, put, take };
}

describe('a queue in memory', () => {
  test('gives profiles in the order in which they came', async () => {
    const { put, take } = setUp();
    for (const id of ['a', 'b']) put(id);
    assert.deepEqual([await take(), await take()], ['a', 'b']);
  });

  test('gives up the oldest when they are too large, but takes one that is too large alone', () => {
    const { queue, put, drops, failed } = setUp({ maxBytes: 10 });
    put('a', 6);
    put('b', 6);
    put('c', 50);
    assert.deepEqual(failed, ['a', 'b']);
    assert.deepEqual(drops, ['1 of 6 bytes: the queue is full', '1 of 6 bytes: the queue is full']);
    assert.deepEqual(queue.size, { profiles: 1, bytes: 50, age: 0 });
  });

  test('gives up what is too old', async () => {
    const { put, take, clock, drops } = setUp();
    put('a');
    await clock.advance(61_000);
    put('b');
    assert.deepEqual(drops, ['1 of 1 bytes: too old to be sent']);
    assert.equal(await take(), 'b');
  });

  test('wakes who waits, and tells them when it is closed', async () => {
    const { queue, put, take, failed } = setUp();
    const [first, last] = [take(), take()];
    put('a');
    assert.equal(await last, 'a');
    queue.close();
    assert.equal(await first, undefined);
    put('late');
    assert.deepEqual(failed, ['late']);
  });

  test('takes back what was not sent, and counts what it loses at its end', async () => {
    const { queue, put } = setUp();
    for (const id of ['a', 'b', 'c']) put(id);
    (await queue.take(never))?.release();
    (await queue.take(never))?.finish(delivered);
    assert.deepEqual(await queue.end(), { kept: 0, lost: 2 });
  });

  test('lets go of who waits for it no longer', async () => {
    const { queue, put, take } = setUp();
    const gone = new AbortController();
    const waiting = queue.take(gone.signal);
    gone.abort();
    assert.equal(await waiting, undefined);
    put('a');
    assert.equal(await take(), 'a');
  });
});
