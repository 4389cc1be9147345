import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainProfile } from './fixtures.test-help.ts';
import { profileLine } from './profile-line.ts';

const labels = { __name__: 'process_cpu', service_name: 'shop' };
const bytes = new Uint8Array(4044);

test('names kind, service, size and the three heaviest functions with their shares', () => {
  const profile = plainProfile(
    ['cpu', 'nanoseconds'],
    { parse: 60, wait: 1, render: 25, sort: 14 },
    10_000_000,
  );
  const line = profileLine({ labels, id: '', bytes, profile });
  assert.equal(
    line.replaceAll(/ +/g, ' '),
    'process_cpu shop 4 samples 4.0 kB cpu 1.0 s parse 60.0%, render 25.0%, sort 14.0%',
  );
});

test('shows bytes as bytes', () => {
  const profile = plainProfile(['alloc_space', 'bytes'], { parse: 447_442_128 });
  assert.match(profileLine({ labels, id: '', bytes, profile }), /alloc_space 447\.4 MB +parse 100\.0%$/);
});

test('shows a sample type without a known unit as a number', () => {
  const profile = plainProfile(['contentions', 'count'], { lock: 12 });
  assert.match(profileLine({ labels, id: '', bytes, profile }), /contentions 12 +lock 100\.0%$/);
});

test('says so when a profile is empty or unlabelled', () => {
  const profile = plainProfile(['cpu', 'nanoseconds'], {});
  assert.match(profileLine({ labels: {}, id: '', bytes, profile }), /^\? +\? +0 samples.*nothing in it$/);
});
