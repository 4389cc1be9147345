import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileKind } from './profile-kind.ts';

test('the kind of a profile is told by what it measures', () => {
  assert.equal(profileKind(['objects/count', 'inuse_space/bytes']), 'memory');
  assert.equal(profileKind(['sample/count', 'wall/nanoseconds', 'cpu/nanoseconds']), 'wall');
  assert.equal(profileKind(['samples/count', 'cpu/nanoseconds']), 'process_cpu');
  assert.equal(profileKind(['contentions/count', 'delay/nanoseconds']), 'mutex');
  assert.equal(profileKind(['requests/count']), undefined);
});
