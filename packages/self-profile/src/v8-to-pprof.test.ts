import assert from 'node:assert/strict';
import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';
import { describe, test } from 'node:test';
import { type Profile, readProfile } from '@pewter/pprof';
import { cpuProfileToPprof, heapProfileToPprof } from './v8-to-pprof.ts';

const taken = { at: 1_700_000_000_000, milliseconds: 250 };

function frame(functionName: string, url = 'file:///srv/shop%20a.ts', lineNumber = 9): Runtime.CallFrame {
  return { functionName, url, lineNumber, columnNumber: 2, scriptId: '7' };
}

async function decode(bytes: Uint8Array): Promise<Profile> {
  const result = await readProfile(bytes);
  assert.ok('profile' in result);
  return result.profile;
}

const string = (profile: Profile, index: number | bigint) => profile.stringTable.strings[Number(index)];

/** Each sample as `leaf < caller < …` with its values. */
function samples(profile: Profile): (readonly [string, number[]])[] {
  const names = new Map(profile.function.map((entry) => [Number(entry.id), string(profile, entry.name)]));
  const functions = new Map(
    profile.location.map(({ id, line }) => [Number(id), Number(line[0]?.functionId)]),
  );
  return profile.sample.map(({ locationId, value }) => [
    locationId.map((id) => names.get(functions.get(Number(id)) ?? 0)).join(' < '),
    value.map(Number),
  ]);
}

const types = (profile: Profile) =>
  profile.sampleType.map(({ type, unit }) => `${string(profile, type)}/${string(profile, unit)}`);

const cpu: Profiler.Profile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', '', -1), hitCount: 0, children: [2, 4, 5] },
    { id: 2, callFrame: frame('serve'), hitCount: 0, children: [3] },
    { id: 3, callFrame: frame('parse'), hitCount: 2 },
    { id: 4, callFrame: frame('(idle)', '', -1), hitCount: 1 },
    { id: 5, callFrame: frame('(garbage collector)', '', -1), hitCount: 1 },
  ],
  startTime: 0,
  endTime: 250_000,
  samples: [3, 4, 3, 5],
  timeDeltas: [1000, 200_000, 1500, 700],
};

describe('a CPU profile of V8', () => {
  test('becomes samples of its stacks, leaf first, without idle time', async () => {
    const profile = await decode(cpuProfileToPprof(cpu, 1000, taken));
    assert.deepEqual(types(profile), ['samples/count', 'cpu/nanoseconds']);
    assert.deepEqual(samples(profile), [
      ['parse < serve', [2, 2_500_000]],
      ['(garbage collector)', [1, 700_000]],
    ]);
  });

  test('keeps file names as paths, lines from 1 and the times at which it was taken', async () => {
    const profile = await decode(cpuProfileToPprof(cpu, 1000, taken));
    const parse = profile.function.find(({ name }) => string(profile, name) === 'parse');
    assert.equal(string(profile, parse?.filename ?? 0), '/srv/shop a.ts');
    assert.equal(Number(parse?.startLine), 10);
    assert.equal(BigInt(profile.timeNanos), 1_700_000_000_000_000_000n);
    assert.equal(BigInt(profile.durationNanos), 250_000_000n);
    assert.equal(Number(profile.period), 1_000_000);
  });
});

test('a heap profile of V8 becomes the bytes that each stack allocated, and no other sample type', async () => {
  const heap: HeapProfiler.SamplingHeapProfile = {
    head: {
      callFrame: frame('(root)', '', -1),
      selfSize: 0,
      children: [
        {
          callFrame: frame('serve'),
          selfSize: 100,
          children: [{ callFrame: frame('', undefined, 20), selfSize: 4000, children: [] }],
        },
      ],
    },
  };
  const profile = await decode(heapProfileToPprof(heap, 'alloc_space', 32768, taken));
  assert.deepEqual(types(profile), ['alloc_space/bytes']);
  assert.deepEqual(samples(profile), [
    ['serve', [100]],
    ['(anonymous) < serve', [4000]],
  ]);
});
