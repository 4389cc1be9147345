import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Profile, StringTable } from 'pprof-format';
import { checkPlain } from './check-profile.ts';
import { deltaStep } from './delta-engine.ts';
import { profilesFolder, readFixture } from './fixtures.test-help.ts';
import { anyLayout, anyStacks, heapProfile } from './profiles.test-help.ts';
import { stackValues } from './stack-values.test-help.ts';

const recorded = ['go-allocs-1', 'go-mutex-1', 'go-goroutine-1', 'go-fgprof-1'].map((name) =>
  Uint8Array.from(gunzipSync(readFixture(profilesFolder, name))),
);

/** What the engine says of bytes, by reading them, beside what the check says by walking them. */
function verdicts(plain: Uint8Array): [unknown, unknown] {
  const step = deltaStep(plain, 'memory', undefined);
  return [step.kind === 'refused' ? step.error : undefined, checkPlain(plain)];
}

/** Bytes changed here and there. */
const anyDamage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
  minLength: 1,
  maxLength: 4,
});

function damaged(plain: Uint8Array, damage: readonly (readonly [number, number])[]): Uint8Array {
  const changed = Uint8Array.from(plain);
  for (const [at, byte] of damage) changed[at % changed.length] = byte;
  return changed;
}

/** Fields that no reader of profiles knows, of each wire type. */
const anyUnknown = fc.constantFrom(
  [0xf8, 0x01, 0x05],
  [0xfa, 0x01, 0x02, 0x08, 0x01],
  [0xf9, 0x01, 1, 2, 3, 4, 5, 6, 7, 8],
  [0xfd, 0x01, 1, 2, 3, 4],
);

describe('reading a profile', () => {
  test('refuses damaged ones as the check does, in the same words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recorded), anyDamage, (plain, damage) => {
        const [read, checked] = verdicts(damaged(plain, damage));
        assert.deepEqual(read, checked);
      }),
      { numRuns: 3000 },
    );
  });

  test('refuses small ones so too, where damage hits a message more often than a name', () => {
    fc.assert(
      fc.property(anyStacks, anyLayout, anyDamage, (stacks, layout, damage) => {
        const [read, checked] = verdicts(damaged(heapProfile(stacks, layout, 1), damage));
        assert.deepEqual(read, checked);
      }),
      { numRuns: 3000 },
    );
  });

  test('refuses those in which one bit is another one so too, whichever it is', () => {
    const stack = { frames: [1, 2], label: 1, objects: 300n, space: 70_000n, inUse: -1n };
    for (const likeGo of [true, false]) {
      const plain = heapProfile([stack], { firstId: 1n, backwards: false, likeGo }, 1);
      for (let bit = 0; bit < plain.length * 8; bit++) {
        const changed = Uint8Array.from(plain);
        changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
        const [read, checked] = verdicts(changed);
        assert.deepEqual(read, checked);
      }
    }
  });

  test('refuses those that are cut off so too', () => {
    for (const plain of recorded) {
      for (let end = 0; end < plain.length; end += 3) {
        const [read, checked] = verdicts(plain.subarray(0, end));
        assert.deepEqual(read, checked);
      }
    }
  });

  test('takes fields that it does not know for nothing', () => {
    fc.assert(
      fc.property(anyStacks, anyLayout, anyUnknown, (stacks, layout, unknown) => {
        const plain = heapProfile(stacks, layout, 2);
        const { base } = profileStep(heapProfile([], layout, 1));
        const [step, other] = [plain, Uint8Array.from([...plain, ...unknown])].map((bytes) =>
          stackValuesOf(deltaStep(bytes, 'memory', base)),
        );
        assert.deepEqual(other, step);
      }),
    );
  });

  test('takes a profile of very many columns', () => {
    const strings = new StringTable();
    const [type, unit] = [strings.dedup('contentions'), strings.dedup('count')];
    const columns = Array.from({ length: 500 }, (_, column) => column);
    const [before, after] = [1, 3].map((time) =>
      new Profile({
        stringTable: strings,
        sampleType: columns.map(() => ({ type, unit })),
        sample: [{ locationId: [1], value: columns.map((column) => (column + 1) * time) }],
        location: [{ id: 1, address: 5 }],
      }).encode(),
    );
    assert.ok(before !== undefined && after !== undefined);
    const step = deltaStep(after, 'block', profileStep(before, 'block').base);
    assert.ok(step.kind === 'delta');
    assert.deepEqual(
      Profile.decode(step.plain).sample[0]?.value,
      columns.map((column) => (column + 1) * 2),
    );
  });
});

function profileStep(plain: Uint8Array, kind: 'memory' | 'block' = 'memory') {
  const step = deltaStep(plain, kind, undefined);
  assert.ok(step.kind !== 'refused');
  return step;
}

function stackValuesOf(step: ReturnType<typeof deltaStep>) {
  assert.ok(step.kind === 'delta');
  return stackValues(Profile.decode(step.plain));
}
