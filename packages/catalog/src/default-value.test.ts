import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultValue } from '../scripts/default-value.ts';

test('a default in the form of the language becomes plain data', () => {
  assert.equal(defaultValue('"a = \\"b\\", {"'), 'a = "b", {');
  assert.equal(defaultValue('0.5'), 0.5);
  assert.deepEqual(defaultValue('["*", "x,]",]'), ['*', 'x,]']);
  assert.deepEqual(defaultValue('{\n\tjob = "a.b",\n}'), { job: 'a.b' });
});

test('an integer beyond 53 bits stays exact', () => {
  assert.equal(defaultValue('9223372036854775807'), '9223372036854775807');
});
