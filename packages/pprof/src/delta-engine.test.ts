import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Profile } from 'pprof-format';
import { createDeltaComputer } from './delta.ts';
import { anyLayout, anyStacks, heapProfile, type Layout, type TestStack } from './profiles.test-help.ts';
import { readProfile } from './read-profile.ts';
import { stackValues } from './stack-values.test-help.ts';

const plainLayout: Layout = { firstId: 1n, backwards: false };

async function deltaOf(before: Uint8Array, after: Uint8Array): Promise<Profile> {
  const computer = createDeltaComputer('memory');
  assert.equal((await computer.next(before)).kind, 'first');
  const result = await computer.next(after);
  assert.ok(result.kind === 'delta', result.kind);
  const read = await readProfile(result.bytes);
  assert.ok('profile' in read, 'error' in read ? read.error.message : '');
  return read.profile;
}

/** The process some time later: its counters grew, and it has new stacks. */
const anyLifeTime = fc
  .tuple(anyStacks, anyStacks, fc.infiniteStream(fc.bigInt({ min: 0n, max: 2n ** 57n })))
  .map(([stacks, born, growth]) => {
    const grow = (by: bigint) => (by % 3n === 0n ? 0n : by);
    const later = stacks.map((stack) => ({
      ...stack,
      objects: stack.objects + grow(growth.next().value),
      space: stack.space + grow(growth.next().value),
    }));
    return { before: stacks, after: [...later, ...born] };
  });

describe('the difference of two profiles of one process', () => {
  test('and the first of them are the second, for every stack, whatever the ids and the order', async () => {
    await fc.assert(
      fc.asyncProperty(anyLifeTime, anyLayout, anyLayout, async ({ before, after }, one, other) => {
        const delta = await deltaOf(heapProfile(before, one, 1), heapProfile(after, other, 16));
        const [first, second] = [before, after].map((stacks) =>
          stackValues(Profile.decode(heapProfile(stacks, plainLayout, 0))),
        );
        const differences = stackValues(delta);
        for (const [key, [objects = 0n, space = 0n, inUse]] of second ?? []) {
          const [objectsBefore = 0n, spaceBefore = 0n] = first?.get(key) ?? [];
          const expected = [objects - objectsBefore, space - spaceBefore, inUse];
          assert.deepEqual(differences.get(key) ?? [0n, 0n, 0n], expected);
          differences.delete(key);
        }
        assert.equal(differences.size, 0);
        assert.equal(BigInt(delta.durationNanos), 15_000_000_000n);
      }),
    );
  });

  test('holds no more than it uses', async () => {
    await fc.assert(
      fc.asyncProperty(anyLifeTime, anyLayout, async ({ before, after }, layout) => {
        const delta = await deltaOf(heapProfile(before, layout, 1), heapProfile(after, layout, 2));
        assert.ok(delta.sample.every((sample) => sample.value.some((value) => BigInt(value) !== 0n)));
        assertAllUsed(delta);
      }),
    );
  });

  const stack = (frames: readonly number[], objects: bigint): TestStack => ({
    frames,
    label: 0,
    objects,
    space: 10n,
    inUse: 0n,
  });

  test('leaves out functions, files and mappings of stacks that stood still', async () => {
    const [before, after] = [1n, 5n].map((moved) => [stack([2, 4], 3n), stack([6, 8], moved)]);
    const delta = await deltaOf(
      heapProfile(before ?? [], plainLayout, 1),
      heapProfile(after ?? [], plainLayout, 2),
    );
    assert.equal(delta.sample.length, 1);
    assert.deepEqual(
      delta.function.map(({ name }) => delta.stringTable.strings[Number(name)]),
      ['main.f99', 'main.f106', 'main.f108'],
    );
    assert.equal(delta.mapping.length, 1);
    assert.ok(!delta.stringTable.strings.includes('/bin/app2'));
    assertAllUsed(delta);
  });

  test('keeps the mapping of the main binary first', async () => {
    const delta = await deltaOf(
      heapProfile([], plainLayout, 1),
      heapProfile([stack([1], 4n)], plainLayout, 2),
    );
    assert.deepEqual(
      delta.mapping.map(({ filename }) => delta.stringTable.strings[Number(filename)]),
      ['/bin/app1', '/bin/app2'],
    );
  });

  test('is a reset when one counter of one stack shrank or vanished', async () => {
    for (const after of [[stack([1], 4n), stack([2], 3n)], [stack([1], 4n)]]) {
      const computer = createDeltaComputer('memory');
      await computer.next(heapProfile([stack([1], 4n), stack([2], 4n)], plainLayout, 1));
      assert.equal((await computer.next(heapProfile(after, plainLayout, 2))).kind, 'reset');
    }
  });
});

function assertAllUsed(profile: Profile): void {
  const locations = new Set(profile.sample.flatMap((sample) => sample.locationId.map(BigInt)));
  assert.deepEqual(new Set(profile.location.map(({ id }) => BigInt(id))), locations);
  const functions = new Set(
    profile.location.flatMap(({ line }) => line.map(({ functionId }) => BigInt(functionId))),
  );
  assert.deepEqual(new Set(profile.function.map(({ id }) => BigInt(id))), functions);
  const strings = new Set([0, ...stringsOf(profile).map(Number)]);
  assert.equal(profile.stringTable.strings.length, strings.size);
}

function stringsOf(profile: Profile): (number | bigint)[] {
  return [
    ...profile.sampleType.flatMap(({ type, unit }) => [type, unit]),
    ...[profile.periodType?.type ?? 0, profile.periodType?.unit ?? 0, ...profile.comment],
    ...profile.function.flatMap(({ name, systemName, filename }) => [name, systemName, filename]),
    ...profile.mapping.flatMap(({ filename, buildId }) => [filename, buildId]),
    ...profile.sample.flatMap(({ label }) => label.flatMap(({ key, str, numUnit }) => [key, str, numUnit])),
  ];
}
