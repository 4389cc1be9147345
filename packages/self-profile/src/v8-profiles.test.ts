import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { heaviest, type Profile, readProfile, summarise } from '@pewter/pprof';
import { ProfilerBusyError, startV8Profiles, type V8Profiles } from './v8-profiles.ts';

const never = new AbortController().signal;

async function decode(bytes: Uint8Array): Promise<Profile> {
  const result = await readProfile(bytes);
  assert.ok('profile' in result);
  return result.profile;
}

/** Recursive, so that V8 cannot inline it into its caller. */
function burnCpu(depth = 24): number {
  return depth < 2 ? depth : burnCpu(depth - 1) + burnCpu(depth - 2);
}

function allocateLists(): number {
  return Array.from({ length: 2000 }, (_, at) => new Array(100).fill(at)).length;
}

describe('profiles that V8 takes of this process', () => {
  let profiles: V8Profiles;
  before(async () => {
    profiles = await startV8Profiles('allocated');
  });
  after(() => profiles.close());

  test('a CPU profile names the function that used the CPU', async () => {
    const stop = new AbortController();
    const taken = profiles.cpu(60, stop.signal);
    for (let round = 0; round < 100; round++) {
      burnCpu();
      await turn();
    }
    stop.abort();
    const [heavy] = heaviest(await decode(await taken), 1, 'cpu');
    assert.equal(heavy?.name, 'burnCpu');
  });

  test('a second CPU profile at the same time is refused, and a later one is not', async () => {
    const first = profiles.cpu(0.05, never);
    await assert.rejects(profiles.cpu(0.05, never), ProfilerBusyError);
    await first;
    await profiles.cpu(0.01, never);
  });

  test('allocations only grow, collected or not', async () => {
    const total = async () => summarise(await decode(await profiles.heap())).sums[0] ?? 0n;
    const before = await total();
    allocateLists();
    assert.ok((await total()) >= before + 1_000_000n);
    const heavy = heaviest(await decode(await profiles.heap()), 1000);
    assert.ok(heavy.length > 1);
  });
});
