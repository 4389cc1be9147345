import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProfile, summarise } from '@pewter/pprof';
import { startV8Profiles } from './v8-profiles.ts';

test('a live heap profile counts what is in use', async (t) => {
  const profiles = await startV8Profiles('live');
  t.after(() => profiles.close());
  const kept = Array.from({ length: 2000 }, (_, at) => new Array(1000).fill(at));
  const result = await readProfile(await profiles.heap());
  assert.ok('profile' in result);
  const { sampleTypes, sums } = summarise(result.profile);
  assert.deepEqual(sampleTypes, ['inuse_space/bytes']);
  assert.ok((sums[0] ?? 0n) > BigInt(kept.length) * 4_000n);
});
