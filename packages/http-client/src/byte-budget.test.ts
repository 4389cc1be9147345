import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteBudget } from './byte-budget.ts';

test('a budget gives no more than it has, and again what it got back', () => {
  const budget = new ByteBudget(10);
  assert.deepEqual([budget.take(6), budget.take(5), budget.taken], [true, false, 6]);
  budget.give(6);
  assert.deepEqual([budget.take(10), budget.taken], [true, 10]);
});
