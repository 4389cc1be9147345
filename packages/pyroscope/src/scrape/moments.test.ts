import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stepFor, untilFirst } from './moments.ts';

describe('the moments at which loops scrape', () => {
  test('are a tenth of a second apart, closer for short intervals and many loops, and hardly shared by thousands', () => {
    const steps = [
      [0, 15_000],
      [1200, 15_000],
      [4000, 15_000],
      [12_000, 15_000],
      [40, 2000],
    ].map(([loops = 0, interval = 0]) => stepFor(loops, interval));
    assert.deepEqual(steps, [100, 100, 25, 100 / 128, 20]);
  });

  test('are shared by loops that began when there were fewer', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.integer({ min: 100, max: 600_000 }),
        (a, b, interval) => {
          const [long, short] = [stepFor(Math.min(a, b), interval), stepFor(Math.max(a, b), interval)];
          assert.equal((long / short) % 1, 0);
        },
      ),
    );
  });

  test('come within one interval, at most one step before the place of a loop, whatever the time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1000, max: 600_000 }),
        fc.nat(100_000),
        fc.bigInt(0n, 2n ** 64n - 1n),
        (now, intervalMs, loops, hash) => {
          const stepMs = stepFor(loops, intervalMs);
          const wait = untilFirst(now, { intervalMs, stepMs }, hash);
          assert.notEqual((now + wait) % intervalMs, 0);
          assert.ok(wait >= 0 && wait < intervalMs + 1e-6);
          const place = Number(hash % BigInt(intervalMs * 1e6)) / 1e6;
          const early = (((place - now - wait) % intervalMs) + intervalMs) % intervalMs;
          assert.ok(early < stepMs + 0.01 || intervalMs - early < 0.5);
        },
      ),
    );
  });
});
