import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from './parse-duration.ts';

test('durations are read as Go writes them', () => {
  assert.equal(parseDuration('1m30s'), 90_000);
  assert.equal(parseDuration('1.5h'), 5_400_000);
  assert.equal(parseDuration('-250ms'), -250);
  assert.equal(parseDuration('0'), 0);
  for (const wrong of ['', '-', '5', 's', '1x', '1s2', '1m 2s'])
    assert.throws(() => parseDuration(wrong), /duration/);
});
