import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Expression } from '@pewter/syntax';
import { SourceFile } from '@pewter/syntax';
import { evaluate } from './evaluate.ts';
import { evaluateText, failureOf } from './evaluation.test-help.ts';
import { numberText } from './number-text.ts';
import { print } from './print.ts';
import { Scope } from './scope.ts';
import { Secret } from './secret.ts';
import { derivedSecret, optionalSecretKind, secretKind, secretOf } from './secret-kinds.ts';
import { Capsule, NumberValue } from './value.ts';

const printed = (text: string) => print(evaluateText(text, names));
const names = {
  hidden: new Capsule(secretKind, new Secret('hunter2')),
  optional: new Capsule(optionalSecretKind, new Secret('maybe')),
  open: new Capsule(optionalSecretKind, new Secret('plain', 'readable')),
  derived: derivedSecret('made'),
};

describe('operators', () => {
  test('have the precedence and associativity of the reference', () => {
    for (const [text, value] of [
      ['-2 ^ 2', '4'],
      ['2 ^ 3 ^ 2', '512'],
      ['5 ^ -1', '5'],
      ['1 + 2 * 3', '7'],
      ['7 / 2', '3'],
      ['-7 % 3', '-1'],
      ['7 / 2.0', '3.5'],
      ['1 < 2 == true', 'true'],
      ['true || false && false', 'true'],
      ['"a" + "b" == "ab"', 'true'],
      ['[1, {a = 2.0}] == [1.0, {a = 2}]', 'true'],
      ['"Z" < "a" && "a" < "é"', 'true'],
      ['9223372036854775807 + 1', '-9223372036854775808'],
      ['0.1 + 0.2', '0.30000000000000004'],
    ] as const) {
      assert.equal(printed(text), value, text);
    }
  });

  test('evaluate both sides, also where the left one settles it', () => {
    assert.equal(failureOf('false && 1 / 0 == 1').code, 'E0306');
    assert.equal(failureOf('true || nope').code, 'E0301');
  });

  test('name the operand that does not fit, at its place', () => {
    assert.deepEqual(
      [failureOf('1 + "a"'), failureOf('[] + 1'), failureOf('!"a"'), failureOf('1 / (2 - 2)')].map(
        ({ code, at }) => `${code} ${at}`,
      ),
      ['E0305 "a"', 'E0305 []', 'E0305 "a"', 'E0306 (2 - 2)'],
    );
    assert.equal(failureOf('string.to_upper(([]))').at, '([])');
    assert.equal(failureOf('string.join((["a", []]), "")').at, '[]');
  });

  test('can be chained ten thousand times without overflowing the stack', () => {
    const range = { start: 0, end: 1 };
    const one: Expression = { kind: 'literal', literal: 'number', text: '1', range };
    let chain: Expression = one;
    for (let at = 1; at < 10_000; at++) {
      chain = { kind: 'binary', operator: '+', operatorRange: range, left: chain, right: one, range };
    }
    assert.deepEqual(evaluate(chain, new Scope(new Map())), NumberValue.int(10_000));
    assert.equal(new SourceFile('', '1').text, '1');
  });
});

describe('secrets in expressions', () => {
  const plain = (text: string) => {
    const value = evaluateText(text, names);
    return { shown: print(value), held: secretOf(value)?.reveal() };
  };

  test('stay secrets when they are joined to texts, on either side', () => {
    assert.deepEqual(plain('hidden + "x"'), { shown: '(secret)', held: 'hunter2x' });
    assert.deepEqual(plain('"x" + hidden'), { shown: '(secret)', held: 'xhunter2' });
    assert.deepEqual(plain('"x" + optional'), { shown: '(secret)', held: 'xmaybe' });
    assert.deepEqual(plain('derived + "x"'), { shown: '(secret)', held: 'madex' });
  });

  test('swallow what stands behind them and is no text, as in the reference', () => {
    const stone = new Capsule({ name: 'stone' }, {});
    const joined = evaluateText('hidden + stone', { ...names, stone });
    assert.equal(secretOf(joined)?.reveal(), 'hunter2');
    assert.equal(failureOf('stone + hidden', { ...names, stone }).code, 'E0305');
  });

  test('that are none are texts', () => {
    assert.equal(evaluateText('open + "x"', names), 'plainx');
  });

  test('never show in a message', () => {
    for (const text of [
      'hidden + 1',
      'hidden.x',
      'hidden[0]',
      'hidden()',
      '!hidden',
      'string.to_upper(hidden)',
    ]) {
      assert.doesNotMatch(JSON.stringify(failureOf(text, names)), /hunter2/, text);
    }
  });

  test('become texts by convert.nonsensitive alone', () => {
    assert.equal(evaluateText('convert.nonsensitive(hidden)', names), 'hunter2');
    assert.equal(failureOf('string.to_upper(hidden)', names).code, 'E0316');
  });

  test('hide what is made of them', () => {
    for (const text of [
      'string.format("%s!", hidden)',
      'encoding.to_json({a = [hidden]})',
      'string.to_upper(derived)',
      'string.join([derived, "x"], "-")',
    ]) {
      assert.equal(plain(text).shown, '(secret)', text);
    }
    assert.equal(print(evaluateText('string.split(derived, "a")', names)), '[(secret), (secret)]');
  });

  test('are taken by coalesce when they hold something, and are never looked into by inspect', () => {
    assert.equal(plain('coalesce("", hidden)').held, 'hunter2');
    const empty = new Capsule(secretKind, new Secret(''));
    assert.equal(evaluateText('coalesce(empty, "x")', { empty }), 'x');
    const hiddenEmpty = new Capsule(optionalSecretKind, new Secret(''));
    assert.equal(secretOf(evaluateText('coalesce(empty, "x")', { empty: hiddenEmpty }))?.reveal(), '');
    const open = new Capsule(optionalSecretKind, new Secret('', 'readable'));
    assert.equal(evaluateText('coalesce(empty, "x")', { empty: open }), 'x');
    assert.equal(
      `${new Secret('hunter2')} ${JSON.stringify([new Secret('hunter2')])}`,
      '(secret) ["(secret)"]',
    );
  });
});

test('numbers print every digit that they have and no more', () => {
  for (const [value, text] of [
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [0.1, '0.1'],
    [-0, '-0'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ] as const) {
    assert.equal(numberText(NumberValue.float(value)), text);
  }
});
