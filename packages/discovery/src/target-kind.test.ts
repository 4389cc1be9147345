import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NumberValue, objectOf, type Value } from '@pewter/language';
import { targetKind } from './target-kind.ts';

const converted: readonly (readonly [Value, string])[] = [
  ['x', 'x'],
  [NumberValue.int(1), '1'],
  [NumberValue.float(1.5), '1.5'],
  [NumberValue.float(1e21), '1e+21'],
  [NumberValue.float(123456789.5), '1.234567895e+08'],
  [NumberValue.uint(18446744073709551615n), '18446744073709551615'],
  [true, 'true'],
  [[], '[]'],
  [objectOf({}), 'map[]'],
];

test('values become labels as Go prints them', () => {
  for (const [value, text] of converted)
    assert.equal(targetKind.from?.(objectOf({ a: value }))?.get('a'), text);
});

test('a null label is refused, a null target has no labels', () => {
  assert.throws(() => targetKind.from?.(objectOf({ a: null })), /label `a` is null/);
  assert.equal(targetKind.from?.(null)?.size, 0);
  assert.equal(targetKind.from?.('x'), undefined);
});
