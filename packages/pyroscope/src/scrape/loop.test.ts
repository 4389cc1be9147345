import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import { Admission, usualLimits } from './admission.ts';
import { type MissReason, startLoop, type Turn } from './loop.ts';

/** A loop of 10 s at place 3 s, scraping for `takes` ms each time. */
function setUp(takes: number, start = 1_000_000_000, over: { busy?: () => boolean; slots?: number } = {}) {
  const clock = new VirtualClock(start);
  const began: number[] = [];
  const missed: MissReason[] = [];
  const turns: Turn[] = [];
  let signal: AbortSignal | undefined;
  const scraper = {
    scrape(turn: Turn) {
      const given = turn.signal;
      signal = given;
      turns.push(turn);
      began.push(clock.now() - start);
      return new Promise<void>((resolve) => {
        const cancel = clock.setTimeout(() => {
          turn.release();
          resolve();
        }, takes);
        given.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      });
    },
  };
  const options = {
    clock,
    intervalMs: 10_000,
    stepMs: 1,
    hash: 3_000_000_000n,
    admission: new Admission(clock, { ...usualLimits, slots: over.slots ?? 64 }),
    ...(over.busy && { busy: over.busy }),
    scraper,
    missed: (reason: MissReason) => missed.push(reason),
    faulted: (error: unknown) => assert.fail(String(error)),
  };
  return { clock, began, missed, turns, options, aborted: () => signal?.aborted, loop: startLoop(options) };
}

describe('a scrape loop', () => {
  test('scrapes at its place in the interval, first after the offset', async () => {
    const { clock, began } = setUp(100);
    await clock.advance(30_000);
    assert.deepEqual(began, [3000, 13_000, 23_000]);
  });

  test('keeps its place after a restart at another time', async () => {
    const { clock, began } = setUp(100, 1_000_004_000);
    await clock.advance(20_000);
    assert.deepEqual(began, [9000, 19_000]);
  });

  test('skips and counts a scrape that is due while one is under way', async () => {
    const { clock, began, missed } = setUp(15_000);
    await clock.advance(44_000);
    assert.deepEqual(began, [3000, 23_000, 43_000]);
    assert.deepEqual(missed, ['in_flight', 'in_flight']);
  });

  test('waits while something before it still does the same', async () => {
    let busy = true;
    const { clock, began, missed } = setUp(100, undefined, { busy: () => busy });
    await clock.advance(10_000);
    busy = false;
    await clock.advance(10_000);
    assert.deepEqual([began, missed], [[13_000], ['in_flight']]);
  });

  test('skips and counts a scrape that is due while the one before waits for its turn', async () => {
    const { clock, began, missed, turns, options } = setUp(100, undefined, { slots: 1 });
    const patient = new Admission(clock, { slots: 1, holdMs: 15_000, longestHoldMs: 15_000 });
    const late = startLoop({ ...options, admission: patient });
    patient.enter(() => undefined);
    await clock.advance(16_000);
    // The first loop has scraped twice, the late one once its turn came.
    assert.deepEqual(began, [3000, 13_000, 15_000]);
    assert.deepEqual([missed, turns.map(({ lateMs }) => lateMs)], [['overload'], [0, 0, 12_000]]);
    await late.stop(new AbortController().signal);
  });

  test('does not begin any more when it stops while it waits for its turn', async () => {
    const { clock, began, options, loop } = setUp(100);
    await loop.stop(new AbortController().signal);
    const patient = new Admission(clock, { slots: 1, holdMs: 15_000, longestHoldMs: 15_000 });
    patient.enter(() => undefined);
    const late = startLoop({ ...options, admission: patient });
    await clock.advance(4000);
    await late.stop(new AbortController().signal);
    await clock.advance(20_000);
    assert.deepEqual([began, patient.waiting], [[], 0]);
  });

  test('says when the next scrape is due', async () => {
    const { clock, loop } = setUp(100);
    assert.equal(loop.nextDue(), 1_000_003_000);
    await clock.advance(5000);
    assert.equal(loop.nextDue(), 1_000_013_000);
  });

  test('lets the scrape under way finish when it stops, and starts no other', async () => {
    const { clock, began, loop, aborted } = setUp(15_000);
    await clock.advance(4000);
    let stopped = false;
    const stopping = loop.stop(new AbortController().signal).then(() => (stopped = true));
    await clock.advance(1000);
    assert.equal(stopped, false);
    await clock.advance(20_000);
    await stopping;
    assert.deepEqual([began.length, aborted(), clock.pending], [1, false, 0]);
  });

  test('aborts the scrape under way when it must not take longer', async () => {
    const { clock, loop, aborted } = setUp(1_000_000);
    await clock.advance(4000);
    const abort = new AbortController();
    const stopping = loop.stop(abort.signal);
    abort.abort();
    await stopping;
    assert.equal(aborted(), true);
  });

  test('goes on after a scrape that throws, at once or later', async () => {
    const clock = new VirtualClock(1_000_000_000);
    const faults: unknown[] = [];
    const faulty: readonly (() => Promise<void>)[] = [
      () => {
        throw 'at once';
      },
      () => Promise.reject('later'),
    ];
    let count = 0;
    const scraper = { scrape: () => faulty[count++]?.() ?? Promise.resolve() };
    const faulted = (error: unknown) => faults.push(error);
    const loop = startLoop({
      clock,
      intervalMs: 1000,
      stepMs: 1,
      hash: 0n,
      admission: new Admission(clock),
      scraper,
      missed: assert.fail,
      faulted,
    });
    await clock.advance(3500);
    assert.deepEqual([count, faults], [4, ['at once', 'later']]);
    await loop.stop(new AbortController().signal);
  });
});
