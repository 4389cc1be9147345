import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '@pewter/testkit';
import fc from 'fast-check';
import { Reevaluation } from './reevaluation.ts';

/** Edges from lower to higher numbers, so there is no cycle; the order of the numbers is a topological one. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 40 }),
      bursts: fc.array(fc.array(fc.nat(size - 1), { minLength: 1, maxLength: 5 }), { maxLength: 5 }),
      silent: fc.uniqueArray(fc.nat(size - 1)),
    }),
  )
  .map((given) => ({ ...given, edges: given.edges.filter(([from, to]) => from < to) }));

/** Waves over a graph whose nodes change when they are evaluated, save the silent ones. */
function wavesOver(size: number, edges: readonly (readonly [number, number])[], silent: readonly number[]) {
  const clock = new VirtualClock();
  const evaluated: string[] = [];
  const order = Array.from({ length: size }, (_, n) => `${n}`);
  const dependants = (id: string) => edges.filter(([from]) => `${from}` === id).map(([, to]) => `${to}`);
  const waves = new Reevaluation({
    clock,
    graph: () => ({ order, dependants }),
    evaluate: (id) => {
      evaluated.push(id);
      if (!silent.includes(Number(id))) waves.changed(id);
    },
  });
  return { clock, waves, evaluated, dependants };
}

describe('reevaluation', () => {
  test('evaluates in one wave exactly what a change reaches, each once, after its dependencies', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ size, edges, bursts, silent }) => {
        const { clock, waves, evaluated, dependants } = wavesOver(size, edges, silent);
        for (const burst of bursts) {
          evaluated.length = 0;
          for (const id of burst) waves.changed(`${id}`);
          assert.deepEqual(evaluated, [], 'never inside of the call');
          await clock.advance(1);
          const reached = new Set(burst.flatMap((id) => dependants(`${id}`)));
          for (const id of reached)
            if (!silent.includes(Number(id))) for (const next of dependants(id)) reached.add(next);
          assert.deepEqual(
            evaluated,
            [...reached].sort((a, b) => Number(a) - Number(b)),
          );
          assert.equal(waves.queued, 0);
          assert.equal(clock.pending, 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('leaves as much time to others as a wave takes, up to a limit', async () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    let cost = 0;
    let spent = 0;
    const slow = { ...timersOf(clock), now: () => clock.now(), monotonic: () => clock.monotonic() + spent };
    const waves = new Reevaluation({
      clock: slow,
      graph: () => ({ order: ['a'], dependants: () => ['a'] }),
      evaluate: () => {
        at.push(clock.monotonic());
        spent += cost;
      },
    });
    for (cost of [30, 5_000, 0]) {
      waves.changed('root');
      await clock.advance(200);
    }
    assert.deepEqual(at, [0, 230, 500]);
  });

  test('lets others have their turn in a long wave, and goes on in order behind them', async () => {
    const clock = new VirtualClock();
    let spent = 0;
    const at: string[] = [];
    const order = Array.from({ length: 6 }, (_, n) => `${n}`);
    const waves = new Reevaluation({
      clock: { ...timersOf(clock), now: () => clock.now(), monotonic: () => clock.monotonic() + spent },
      graph: () => ({ order, dependants: () => order }),
      evaluate: (id) => {
        at.push(id);
        spent += 10;
      },
    });
    waves.changed('root');
    await clock.advance(0);
    assert.deepEqual(at, order);
    at.length = 0;
    waves.changed('root');
    clock.setTimeout(() => at.push('other'), 60);
    await clock.advance(60);
    assert.deepEqual(at, ['0', '1', 'other', '2', '3', '4', '5']);
  });

  test('forgets what is queued when it is stopped', async () => {
    const { clock, waves, evaluated } = wavesOver(2, [[0, 1]], []);
    waves.changed('0');
    waves.stop();
    await clock.advance(10);
    assert.deepEqual(evaluated, []);
    assert.equal(clock.pending, 0);
  });
});

function timersOf(clock: VirtualClock) {
  return { setTimeout: (callback: () => void, after: number) => clock.setTimeout(callback, after) };
}
