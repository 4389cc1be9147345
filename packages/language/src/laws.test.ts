import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { calculate } from './arithmetic.ts';
import { equal } from './equal.ts';
import { evaluateText } from './evaluation.test-help.ts';
import { numberText } from './number-text.ts';
import { print, toJson } from './print.ts';
import { quote } from './quote.ts';
import { bytesFromText, compareText, textFromBytes } from './text.ts';
import { NumberValue, ObjectValue, type Value } from './value.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const identifier = fc
  .stringMatching(/^[a-z_][a-z0-9_]{0,6}$/)
  .filter((name) => !['true', 'false', 'null'].includes(name));
const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** Values that have a literal form; the least int has none, since a minus sign is an operator. */
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Value>(null, true, false),
    text,
    int.map((number) => NumberValue.int(number)),
    finite.map((number) => NumberValue.float(number)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(identifier, tie('value')), { maxLength: 4 }).map((fields) => new ObjectValue(fields)),
  ),
})).value;

/** Numbers of the integer kinds. */
const integer = fc.oneof(
  int.map((number) => NumberValue.int(number)),
  uint.map((number) => NumberValue.uint(number)),
);

const holds = (law: fc.IRawProperty<unknown>) => fc.assert(law as fc.IProperty<unknown>, { seed: 20260821 });

describe('laws', () => {
  test('a value that is printed and read again is equal to what it was', () => {
    holds(fc.property(value, (one) => assert.ok(equal(evaluateText(print(one)), one), print(one))));
  });

  test('a text that is quoted and read again is the same text', () => {
    holds(
      fc.property(fc.string({ unit: 'binary' }), (one) =>
        assert.equal(evaluateText(quote(one.toWellFormed())), one.toWellFormed()),
      ),
    );
  });

  test('JSON that is decoded and written again is the same JSON', () => {
    holds(
      fc.property(fc.dictionary(text, fc.jsonValue({ maxDepth: 3 })), (json) => {
        const clean = JSON.parse(JSON.stringify(json)) as object;
        const decoded = evaluateText(`encoding.from_json(${quote(JSON.stringify(clean))})`);
        assert.deepEqual(toJson(decoded), clean);
        const written = evaluateText(`encoding.to_json(encoding.from_json(${quote(JSON.stringify(clean))}))`);
        assert.deepEqual(JSON.parse(String(written)), clean);
      }),
    );
  });

  test('base64 and URL encoding are undone by their opposites', () => {
    holds(
      fc.property(text, (one) => {
        assert.equal(evaluateText(`encoding.url_decode(encoding.url_encode(${quote(one)}))`), one);
        const encoded = `encoding.to_base64(${quote(one)})`;
        assert.equal(evaluateText(`string.join([encoding.from_base64(${encoded})], "")`), one);
      }),
    );
  });

  test('integers add, subtract and multiply modulo 2^64, and divide towards zero', () => {
    holds(
      fc.property(integer, integer, fc.constantFrom('+', '-', '*', '/', '%'), (left, right, operator) => {
        fc.pre(right.value !== 0n || !['/', '%'].includes(operator));
        const signed = left.kind === 'int' || right.kind === 'int';
        const wrap = (whole: bigint) => (signed ? BigInt.asIntN(64, whole) : BigInt.asUintN(64, whole));
        const [a, b] = [wrap(BigInt(left.value)), wrap(BigInt(right.value))];
        fc.pre(b !== 0n || !['/', '%'].includes(operator));
        const exact = { '+': a + b, '-': a - b, '*': a * b, '/': b && a / b, '%': b && a % b }[operator];
        const result = calculate(operator, left, right);
        assert.deepEqual(result, signed ? NumberValue.int(exact) : NumberValue.uint(exact));
      }),
    );
  });

  test('the text of a float reads back as that float', () => {
    holds(
      fc.property(finite, (one) => assert.ok(Object.is(Number(numberText(NumberValue.float(one))), one))),
    );
  });

  test('bytes survive the way through texts, and texts are ordered as their bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 12 });
    holds(fc.property(bytes, (one) => assert.deepEqual(bytesFromText(textFromBytes(one)), one)));
    holds(
      fc.property(bytes, bytes, (one, other) => {
        const order = Math.sign(compareText(textFromBytes(one), textFromBytes(other)));
        assert.equal(order, Math.sign(Buffer.compare(one, other)));
      }),
    );
  });

  test('equality is symmetric, and holds between a value and itself', () => {
    holds(fc.property(value, (one) => assert.ok(equal(one, one))));
    holds(fc.property(value, value, (one, other) => assert.equal(equal(one, other), equal(other, one))));
  });
});
