import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import { Admission } from './admission.ts';

/** An admission of two slots, and scrapes by number that note when they begin. */
function setUp() {
  const clock = new VirtualClock(0);
  const admission = new Admission(clock, { slots: 2, holdMs: 50, longestHoldMs: 1000 });
  const began: (readonly [number: number, at: number])[] = [];
  const releases = new Map<number, () => void>();
  const enter = (number: number) =>
    admission.enter((release) => {
      began.push([number, clock.monotonic()]);
      releases.set(number, release);
    });
  return { clock, admission, began, releases, enter };
}

describe('admission', () => {
  test('lets as many begin as there are slots, and the others in their order as slots come free', () => {
    const { admission, began, releases, enter } = setUp();
    for (const number of [1, 2, 3, 4]) enter(number);
    assert.deepEqual([began.map(([number]) => number), admission.waiting], [[1, 2], 2]);
    releases.get(2)?.();
    releases.get(2)?.();
    assert.deepEqual([began.map(([number]) => number), admission.waiting], [[1, 2, 3], 1]);
  });

  test('takes the slots of those that only wait', async () => {
    const { clock, began, enter } = setUp();
    for (const number of [1, 2, 3]) enter(number);
    await clock.advance(100);
    assert.deepEqual(began, [
      [1, 0],
      [2, 0],
      [3, 50],
    ]);
  });

  test('lets nobody in who does not wait any more', () => {
    const { began, releases, enter } = setUp();
    enter(1);
    enter(2);
    const leave = enter(3);
    enter(4);
    leave();
    releases.get(1)?.();
    assert.deepEqual(
      began.map(([number]) => number),
      [1, 2, 4],
    );
  });

  test('leaves no timer behind', async () => {
    const { clock, releases, enter } = setUp();
    enter(1);
    releases.get(1)?.();
    await clock.advance(50);
    assert.equal(clock.pending, 0);
  });

  test('lets those that have begun go first while the program is late', () => {
    let now = 0;
    const timers: (() => void)[] = [];
    const clock = {
      now: () => now,
      monotonic: () => now,
      setTimeout: (callback: () => void) => {
        timers.push(callback);
        return () => undefined;
      },
    };
    const admission = new Admission(clock, { slots: 1, holdMs: 50, longestHoldMs: 1000 });
    const began: number[] = [];
    for (const number of [1, 2]) admission.enter(() => void began.push(number));
    now = 500;
    timers.shift()?.();
    assert.deepEqual(began, [1]);
    now = 1100;
    timers.shift()?.();
    assert.deepEqual(began, [1, 2]);
  });
});
