import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlier } from './phase.ts';

const ids = Array.from({ length: 1000 }, (_, index) => `discovery.http.c${index}`);

test('a first interval is shorter by less than a tenth, always by the same', () => {
  for (const id of ids) {
    assert.ok(earlier(id, 60_000) >= 0 && earlier(id, 60_000) < 6_000);
    assert.equal(earlier(id, 60_000), earlier(id, 60_000));
  }
});

test('components are spread evenly', () => {
  const tenths = Map.groupBy(ids, (id) => Math.floor(earlier(id, 1_000) / 10));
  assert.equal(tenths.size, 10);
  for (const [, inOne] of tenths) assert.ok(inOne.length > 50 && inOne.length < 200, String(inOne.length));
});
