import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checkProfile } from './check-profile.ts';
import { profileDigest } from './digest.ts';
import { profilesFolder, readFixture, readIndex, referenceFolder } from './fixtures.test-help.ts';
import { heaviest } from './heaviest.ts';
import { encodeProfile, readProfile } from './read-profile.ts';
import { summarise } from './summarise.ts';

async function readGood(bytes: Uint8Array) {
  const read = await readProfile(bytes);
  assert.ok('profile' in read, 'error' in read ? read.error.message : '');
  return read.profile;
}

const folders = [profilesFolder, ...(referenceFolder ? [`${referenceFolder}/profiles`] : [])];

describe('real profiles', () => {
  for (const folder of folders) {
    for (const [name, facts] of Object.entries(readIndex(folder))) {
      test(`${name} reads as its index says, and again after encoding`, async () => {
        const bytes = readFixture(folder, name);
        const profile = await readGood(bytes);
        const summary = summarise(profile);
        assert.deepEqual(summary.sampleTypes, facts.sample_types);
        assert.deepEqual(summary.sums.map(Number), facts.sums);
        assert.equal(summary.samples, facts.samples);
        assert.equal(summary.locations, facts.locations);
        assert.equal(summary.functions, facts.functions);
        assert.equal(summary.mappings, facts.mappings);
        assert.equal(profileDigest(profile), facts.digest);
        assert.equal(profileDigest(await readGood(await encodeProfile(profile))), facts.digest);
        assert.equal(await checkProfile(bytes), undefined);
        assert.equal(await checkProfile(gunzipSync(bytes)), undefined);
      });
    }
  }
});

describe('what is not a profile', () => {
  const whole = readFixture(profilesFolder, 'go-block-1');
  const plain = gunzipSync(whole);
  const cases = {
    empty: new Uint8Array(),
    html: Buffer.from('<!DOCTYPE html><html><body>404</body></html>'),
    json: Buffer.from('{"error": "no"}'),
    text: Buffer.from('goroutine profile: total 8\n'),
    'gzip-truncated': whole.subarray(0, whole.length >> 1),
    'gzip-damaged': Buffer.concat([
      whole.subarray(0, 10),
      Buffer.from('ffffffffffff', 'hex'),
      whole.subarray(16),
    ]),
    truncated: plain.subarray(0, plain.length - 3),
    'not-pprof': Buffer.from('0a0b0c0d0e0f10111213', 'hex'),
  } as const;
  for (const [kind, bytes] of Object.entries(cases)) {
    test(`${kind} is told apart by both readers`, async () => {
      const read = await readProfile(bytes);
      assert.equal('error' in read && read.error.kind, kind);
      assert.equal((await checkProfile(bytes))?.kind, kind);
    });
  }

  test('a page inside gzip is still a page', async () => {
    assert.equal((await checkProfile(gzipSync(cases.html)))?.kind, 'html');
    assert.equal((await checkProfile(gzipSync(Buffer.alloc(0))))?.kind, 'empty');
  });

  test('the message shows how the body begins', async () => {
    assert.match((await checkProfile(cases.text))?.message ?? '', /plain text: "goroutine profile: total 8"/);
  });

  test('every cut of a real profile is refused', async () => {
    for (let end = 0; end < plain.length; end += 7) {
      assert.ok(await checkProfile(plain.subarray(0, end)), `cut at ${end}`);
    }
  });
});

describe('the heaviest functions', () => {
  test('come largest first with their share of the whole', async () => {
    const profile = await readGood(readFixture(profilesFolder, 'go-profile-1'));
    const top = heaviest(profile, 3);
    assert.equal(top.length, 3);
    assert.ok((top[0]?.value ?? 0n) >= (top[1]?.value ?? 0n));
    const all = heaviest(profile, 1000);
    assert.ok(Math.abs(all.reduce((sum, entry) => sum + entry.share, 0) - 1) < 1e-9);
    assert.equal(
      all.reduce((sum, entry) => sum + entry.value, 0n),
      240000000n,
    );
  });

  test('are counted by the named type', async () => {
    const profile = await readGood(readFixture(profilesFolder, 'go-allocs-1'));
    const sum = (type: string) =>
      heaviest(profile, 1000, type).reduce((total, entry) => total + entry.value, 0n);
    assert.equal(sum('alloc_objects'), 49226n);
    assert.equal(sum('inuse_space/bytes'), 11418809n);
    assert.equal(sum('nothing'), 0n);
  });
});
