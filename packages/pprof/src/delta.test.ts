import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createDeltaComputer, type DeltaResult } from './delta.ts';
import { profileDigest } from './digest.ts';
import { profilesFolder, readFixture, referenceFolder } from './fixtures.test-help.ts';
import { readProfile } from './read-profile.ts';
import type { CumulativeKind } from './sample-types.ts';
import { summarise } from './summarise.ts';

interface Sequence {
  readonly name: string;
  readonly kind: CumulativeKind;
  readonly inputs: readonly string[];
}

const scenarios: readonly Sequence[] = [
  {
    name: 'delta_block_large',
    kind: 'block',
    inputs: ['alloy-block-1', 'alloy-block-2', 'alloy-block-3', 'alloy-block-3'],
  },
  { name: 'delta_block_large', kind: 'mutex', inputs: ['alloy-mutex-1', 'alloy-mutex-1', 'alloy-mutex-1'] },
  { name: 'delta_flags', kind: 'block', inputs: ['go-block-1', 'go-block-2', 'go-block-3'] },
  { name: 'delta_flags', kind: 'mutex', inputs: ['go-mutex-1', 'go-mutex-2', 'go-mutex-3'] },
  { name: 'delta_flags', kind: 'memory', inputs: ['go-allocs-1', 'go-allocs-2', 'go-allocs-3'] },
  { name: 'seed_static', kind: 'memory', inputs: ['go-allocs-1', 'go-allocs-2'] },
  { name: 'seed_static', kind: 'block', inputs: ['go-block-1', 'go-block-2'] },
];

interface Push {
  readonly series: readonly { labels: [string, string][]; samples: { profile?: ExpectedProfile }[] }[];
}

interface ExpectedProfile {
  readonly digest: string;
  readonly functions: number;
  readonly locations: number;
  readonly duration_nanos: number;
  readonly sums: readonly number[];
}

function expectedProfiles(scenario: string, kind: string): ExpectedProfile[] {
  const text = readFileSync(`${referenceFolder}/traffic/${scenario}/expected.json`, 'utf8');
  const pushes: Push[] = JSON.parse(text).pushes;
  return pushes
    .flatMap((push) => push.series)
    .filter((series) => series.labels.some(([name, value]) => name === '__name__' && value === kind))
    .flatMap((series) => series.samples.flatMap((sample) => sample.profile ?? []));
}

async function factsOf(result: DeltaResult) {
  assert.equal(result.kind, 'delta');
  assert.ok(result.kind === 'delta');
  const read = await readProfile(result.bytes);
  assert.ok('profile' in read);
  const { functions, locations, sums, durationNanos } = summarise(read.profile);
  return {
    digest: profileDigest(read.profile),
    functions,
    locations,
    sums: sums.map(Number),
    duration_nanos: Number(durationNanos),
  };
}

const absent = referenceFolder === undefined && 'the recorded reference data is not here';

describe('differences of recorded profiles', { skip: absent }, () => {
  for (const { name, kind, inputs } of scenarios) {
    test(`${name}: ${kind} is what the reference pushed`, {
      skip: !existsSync(`${referenceFolder}/traffic/${name}`) && 'scenario not recorded',
    }, async () => {
      const computer = createDeltaComputer(kind);
      const expected = expectedProfiles(name, kind);
      const fixtures = `${referenceFolder}/profiles`;
      const [first, ...rest] = inputs;
      assert.equal((await computer.next(readFixture(fixtures, first ?? ''))).kind, 'first');
      for (const [index, input] of rest.entries()) {
        const facts = await factsOf(await computer.next(readFixture(fixtures, input)));
        const { digest, functions, locations, sums, duration_nanos } =
          expected[index] ?? assert.fail('no push recorded');
        assert.deepEqual(facts, { digest, functions, locations, sums, duration_nanos });
      }
    });
  }
});

const allocs = (number: number) => readFixture(profilesFolder, `go-allocs-${number}`);

describe('a sequence of cumulative profiles', () => {
  test('gives an empty difference when no counter moved', async () => {
    const computer = createDeltaComputer('block');
    const block = readFixture(profilesFolder, 'go-block-1');
    await computer.next(block);
    const facts = await factsOf(await computer.next(block));
    assert.deepEqual([facts.functions, facts.locations, facts.sums], [0, 0, [0, 0]]);
  });

  test('differences the columns of its kind, and leaves all others as they are', async () => {
    const computer = createDeltaComputer('mutex');
    await computer.next(allocs(1));
    const read = await readProfile(allocs(2));
    assert.ok('profile' in read);
    const facts = await factsOf(await computer.next(allocs(2)));
    assert.deepEqual(facts.sums, summarise(read.profile).sums.map(Number));
  });

  test('recognises a restart and goes on from the new base', async () => {
    const computer = createDeltaComputer('memory');
    await computer.next(allocs(2));
    assert.equal((await computer.next(allocs(1))).kind, 'reset');
    const after = await factsOf(await computer.next(allocs(3)));
    const straight = createDeltaComputer('memory');
    await straight.next(allocs(1));
    assert.deepEqual(after, await factsOf(await straight.next(allocs(3))));
  });

  test('is not disturbed by a damaged profile', async () => {
    const [disturbed, calm] = [createDeltaComputer('memory'), createDeltaComputer('memory')];
    await disturbed.next(allocs(1));
    await calm.next(allocs(1));
    const refused = await disturbed.next(allocs(2).subarray(0, 500));
    assert.equal(refused.kind === 'refused' && refused.error.kind, 'gzip-truncated');
    assert.deepEqual(
      await factsOf(await disturbed.next(allocs(3))),
      await factsOf(await calm.next(allocs(3))),
    );
  });

  test('adds up to the whole: differences from 1 to 3 equal those by way of 2', async () => {
    const [direct, stepped] = [createDeltaComputer('memory'), createDeltaComputer('memory')];
    await direct.next(allocs(1));
    await stepped.next(allocs(1));
    const whole = await factsOf(await direct.next(allocs(3)));
    const parts = [
      await factsOf(await stepped.next(allocs(2))),
      await factsOf(await stepped.next(allocs(3))),
    ];
    for (const column of [0, 1]) {
      assert.equal(
        parts.reduce((sum, part) => sum + (part.sums[column] ?? 0), 0),
        whole.sums[column],
      );
    }
    assert.equal(parts[1]?.sums[3], whole.sums[3]);
  });
});
