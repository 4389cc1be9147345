import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Profile } from 'pprof-format';
import { checkPlain } from './check-profile.ts';
import type { DeltaBase } from './delta-base.ts';
import { type DeltaStep, deltaStep } from './delta-engine.ts';
import { anyLayout, anyStacks, heapProfile, type Layout, type TestStack } from './profiles.test-help.ts';
import { stackValues } from './stack-values.test-help.ts';

/** Different stacks, none of them without a frame or a counter. */
const anyDistinct = anyStacks.map((stacks) => {
  const seen = new Set<string>();
  return stacks
    .filter(({ frames }) => frames.length > 0)
    .filter(({ frames, label }) => !seen.has(`${frames} ${label}`) && seen.add(`${frames} ${label}`))
    .map((stack) => ({ ...stack, objects: stack.objects + 1n }));
});

/** The same, and where they are many, now and then one of them once more. */
const anyNearlyDistinct = fc
  .tuple(anyDistinct, fc.boolean())
  .map(([stacks, again]) => [...stacks, ...stacks.slice(0, again && stacks.length >= 8 ? 1 : 0)]);

/** The counters of the same stacks later on; now and then of another process. */
const anyNext = fc.array(fc.tuple(fc.bigInt({ min: -1n, max: 2n ** 40n }), fc.boolean()), {
  minLength: 12,
  maxLength: 12,
});

function grown(stacks: readonly TestStack[], growth: readonly (readonly [bigint, boolean])[]): TestStack[] {
  return stacks.map((stack, index) => {
    const [by, moves] = growth[index] ?? [0n, false];
    return moves
      ? { ...stack, objects: stack.objects + by, space: stack.space + (by > 0n ? by : 0n) }
      : stack;
  });
}

function stepTo(plain: Uint8Array, before?: DeltaBase): DeltaStep {
  const step = deltaStep(plain, 'memory', before);
  assert.ok(step.kind !== 'refused', step.kind);
  return step;
}

/** The base after a first profile. */
const baseOf = (plain: Uint8Array) => stepTo(plain).base;

/** The step that reads everything, since it does not know the shape. */
const stepFromScratch = (plain: Uint8Array, before: DeltaBase) =>
  stepTo(plain, { ...before, shape: undefined });

/** Whether a step found the shape that was known, and so read values only. */
const wasKnown = (base: DeltaBase, before: DeltaBase) =>
  before.shape !== undefined && base.shape === before.shape;

/** What a step comes to, as far as it says anything: bytes are read at once, as they are valid only until the next step. */
function outcome(step: DeltaStep): unknown {
  if (step.kind !== 'delta') return step.kind;
  const profile = Profile.decode(step.plain);
  const { sample, location, function: functions, mapping, stringTable, durationNanos, timeNanos } = profile;
  return {
    values: stackValues(profile),
    sizes: [sample, location, functions, mapping, stringTable.strings].map(({ length }) => length),
    times: [BigInt(durationNanos), BigInt(timeNanos)],
  };
}

describe('a profile in which only values changed', () => {
  test('gives the same as one that is read from scratch, time after time', () => {
    fc.assert(
      fc.property(
        anyNearlyDistinct,
        anyLayout,
        fc.array(anyNext, { maxLength: 4 }),
        (stacks, layout, nexts) => {
          const first = heapProfile(stacks, layout, 1);
          let [short, long] = [baseOf(first), baseOf(first)];
          let current = stacks;
          for (const [index, next] of nexts.entries()) {
            current = grown(current, next);
            const plain = heapProfile(current, layout, 15 * index + 16);
            const scratch = stepFromScratch(plain, long);
            const expected = outcome(scratch);
            long = scratch.base;
            const quick = stepTo(plain, short);
            assert.ok(wasKnown(quick.base, short));
            assert.deepEqual(outcome(quick), expected);
            short = quick.base;
          }
        },
      ),
    );
  });

  const layout: Layout = { firstId: 1n, backwards: false };
  const stack = (frame: number, objects: bigint): TestStack => ({
    frames: [frame],
    label: 1,
    objects,
    space: 1n,
    inUse: 0n,
  });

  test('is not taken for the same when anything else did, and the base is left as it was', () => {
    const base = baseOf(heapProfile([stack(1, 5n), stack(2, 5n)], layout, 1));
    const others = [
      [stack(1, 6n), stack(3, 6n)],
      [stack(2, 6n), stack(1, 6n)],
      [stack(1, 6n)],
      [stack(1, 6n), { ...stack(2, 6n), label: 2 }],
      [stack(1, 6n), stack(2, 6n), stack(3, 1n)],
    ];
    const kept = Int32Array.from(base.counters);
    for (const other of others) assert.ok(!wasKnown(stepTo(heapProfile(other, layout, 16), base).base, base));
    assert.deepEqual(base.counters, kept);
  });

  test('that is cut off anywhere is refused, or is a whole profile of fewer fields', () => {
    const before = heapProfile([stack(1, 5n), stack(2, 5n)], layout, 1);
    const after = heapProfile([stack(1, 6n), stack(2, 7n)], layout, 16);
    for (let end = 0; end < after.length; end++) {
      const base = baseOf(before);
      const cut = after.subarray(0, end);
      const step = deltaStep(cut, 'memory', base);
      assert.deepEqual(step.kind === 'refused' ? step.error : undefined, checkPlain(cut));
      assert.ok(step.kind === 'refused' || !wasKnown(step.base, base));
    }
  });

  test('with any byte changed is taken for the same only where it is a whole profile', () => {
    const before = heapProfile([stack(1, 500n), stack(2, 70_000n)], layout, 1);
    const after = heapProfile([stack(1, 600n), stack(2, 80_000n)], layout, 16);
    const known = baseOf(before);
    assert.notEqual(known.shape, undefined);
    fc.assert(
      fc.property(fc.nat(after.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(after);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const base = { ...known, counters: Int32Array.from(known.counters) };
        const step = deltaStep(changed, 'memory', base);
        assert.deepEqual(step.kind === 'refused' ? step.error : undefined, checkPlain(changed));
        if (step.kind !== 'refused') outcome(step);
      }),
      { numRuns: 1000 },
    );
  });

  test('is told by profiles with stacks that have counted nothing yet', () => {
    const idle = { ...stack(2, 0n), space: 0n, inUse: 3n };
    const base = baseOf(heapProfile([stack(1, 5n), idle], layout, 1));
    const step = stepTo(heapProfile([stack(1, 5n), { ...idle, objects: 2n }], layout, 16), base);
    assert.ok(wasKnown(step.base, base));
    assert.ok(step.kind === 'delta');
    assert.deepEqual([...stackValues(Profile.decode(step.plain)).values()], [[2n, 0n, 3n]]);
  });

  test('is told by profiles that list a few stacks again, with the sums of those', () => {
    const others = [11, 12, 13, 14, 15, 16, 17].map((frame) => stack(frame, 1n));
    const listed = (...counts: bigint[]) => [...others, ...counts.map((count) => stack(1, count))];
    const first = baseOf(heapProfile(listed(5n, 9n), layout, 1));
    const known = stepTo(heapProfile(listed(2n, 15n), layout, 16), first);
    assert.ok(wasKnown(known.base, first));
    assert.ok(known.kind === 'delta');
    assert.deepEqual(
      Profile.decode(known.plain).sample.map(({ value }) => value),
      [[3, 0, 0]],
    );
    const read = stepTo(heapProfile([stack(3, 2n), ...listed(20n, 0n)], layout, 31), known.base);
    assert.ok(read.kind === 'delta');
    assert.deepEqual(
      Profile.decode(read.plain).sample.map(({ value }) => value),
      [
        [2, 1, 0],
        [3, 0, 0],
      ],
    );
  });

  test('cannot be told by profiles that list most stacks again', () => {
    assert.equal(baseOf(heapProfile([stack(1, 5n), stack(1, 5n)], layout, 1)).shape, undefined);
  });
});
