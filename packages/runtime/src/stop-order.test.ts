import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import fc from 'fast-check';
import { stopInOrder } from './stop-order.ts';

describe('stopping in order', () => {
  test('ends each only after all that write to it have ended', async () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(edges, async (pairs) => {
        const writers = (id: string) =>
          pairs.filter(([w, to]) => w < to && `${to}` === id).map(([w]) => `${w}`);
        const ended: string[] = [];
        const stop = async (id: string) => {
          assert.ok(writers(id).every((one) => ended.includes(one)));
          await Promise.resolve();
          ended.push(id);
        };
        const ids = Array.from({ length: 8 }, (_, n) => `${n}`);
        const clock = new VirtualClock();
        assert.deepEqual(await stopInOrder(ids, { clock, before: writers, stop, patience: 1_000 }), []);
        assert.equal(ended.length, 8);
        assert.equal(clock.pending, 0);
      }),
    );
  });

  test('follows a chain of any length', async () => {
    const ids = Array.from({ length: 20_000 }, (_, n) => `${n}`);
    const before = (id: string) => (id === '0' ? [] : [`${Number(id) - 1}`]);
    const left = await stopInOrder(ids, {
      clock: new VirtualClock(),
      before,
      stop: async () => {},
      patience: 1_000,
    });
    assert.deepEqual(left, []);
  });

  test('tells all the rest to end when patience runs out, and names those that do not', async () => {
    const clock = new VirtualClock();
    const told: string[] = [];
    const stop = (id: string) => {
      told.push(id);
      return id === 'stuck' ? new Promise<void>(() => {}) : Promise.resolve();
    };
    const before = (id: string) => (id === 'after' ? ['stuck'] : []);
    const stopping = stopInOrder(['after', 'stuck'], { clock, before, stop, patience: 1_000 });
    await clock.advance(999);
    assert.deepEqual(told, ['stuck']);
    await clock.advance(4_001);
    assert.deepEqual(await stopping, ['stuck']);
    assert.deepEqual(told, ['stuck', 'after']);
    assert.equal(clock.pending, 0);
  });
});
