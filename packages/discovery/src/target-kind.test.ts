import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EvaluationError, Hole, NumberValue, objectOf, type Value } from '@pewter/language';
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

test('a label that is not known yet may be anything but a secret', () => {
  const label = (value: Value) => () => targetKind.from?.(objectOf({ a: 'x', b: value }));
  for (const type of ['string', 'optional_secret', 'any', undefined] as const)
    assert.doesNotThrow(label(new Hole(type)), type);
  assert.doesNotThrow(label([new Hole('secret')]), 'lists are printed, and (secret) in them');
  assert.throws(label(new Hole('secret')), (error) => {
    assert.ok(error instanceof EvaluationError);
    assert.deepEqual([error.code, error.field], ['E0316', 'b']);
    return true;
  });
});
