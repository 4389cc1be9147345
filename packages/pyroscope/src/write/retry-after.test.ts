import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 0, 1);

test('Retry-After is a number of seconds or a date, and a past date is now', () => {
  assert.equal(retryAfter('3', now), 3000);
  assert.equal(retryAfter(['7', '9'], now), 7000);
  assert.equal(retryAfter(new Date(now + 5000).toUTCString(), now), 5000);
  assert.equal(retryAfter(new Date(now - 5000).toUTCString(), now), 0);
});

test('Retry-After that is neither is as if it were not there', () => {
  for (const text of [undefined, '', 'soon', '-3'])
    assert.equal(retryAfter(text, now), undefined, String(text));
});
