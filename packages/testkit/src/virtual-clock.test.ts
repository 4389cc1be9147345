import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from './virtual-clock.ts';

describe('virtual clock', () => {
  test('fires what falls due in the order of time, then of setting', async () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.setTimeout(() => fired.push('late'), 20);
    clock.setTimeout(() => fired.push('early'), 10);
    clock.setTimeout(() => fired.push('early too'), 10);
    clock.setTimeout(() => fired.push('never'), 21);
    await clock.advance(20);
    assert.deepEqual(fired, ['early', 'early too', 'late']);
    assert.equal(clock.pending, 1);
  });

  test('shows each timer its own time, and fires timers set on the way', async () => {
    const clock = new VirtualClock(0);
    const times: number[] = [];
    const tick = () => {
      times.push(clock.now());
      clock.setTimeout(tick, 10);
    };
    clock.setTimeout(tick, 10);
    await clock.advance(35);
    assert.deepEqual(times, [10, 20, 30]);
    assert.equal(clock.now(), 35);
    assert.equal(clock.untilNext, 5);
  });

  test('lets promises settle between two timers', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.setTimeout(() => void Promise.resolve().then(() => seen.push('settled')), 1);
    clock.setTimeout(() => seen.push('second'), 2);
    await clock.advance(2);
    assert.deepEqual(seen, ['settled', 'second']);
  });

  test('does not fire what was cancelled', async () => {
    const clock = new VirtualClock();
    let fired = false;
    const cancel = clock.setTimeout(() => {
      fired = true;
    }, 1);
    cancel();
    cancel();
    await clock.advance(5);
    assert.equal(fired, false);
    assert.equal(clock.pending, 0);
  });
});
