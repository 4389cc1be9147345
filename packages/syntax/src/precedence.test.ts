import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseExpression } from './parse.ts';
import { SourceFile } from './source.ts';
import type { Expression } from './tree.ts';

/** An expression with parentheses around each operation. */
function grouped(expression: Expression): string {
  if (expression.kind === 'binary')
    return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
  if (expression.kind === 'unary') return `(${expression.operator}${grouped(expression.operand)})`;
  return expression.kind === 'literal' ? expression.text : expression.kind;
}
const group = (text: string) => grouped(parseExpression(new SourceFile('expression', text)).expression);

describe('operators', () => {
  test('bind from || over &&, comparison, sum and product to the power', () => {
    assert.equal(group('1 || 2 && 3 == 4 + 5 * 6 ^ 7'), '(1 || (2 && (3 == (4 + (5 * (6 ^ 7))))))');
    assert.equal(group('1 ^ 2 * 3 + 4 == 5 && 6 || 7'), '((((((1 ^ 2) * 3) + 4) == 5) && 6) || 7)');
  });

  test('group to the left', () => {
    assert.equal(group('1 - 2 + 3'), '((1 - 2) + 3)');
    assert.equal(group('1 < 2 == 3'), '((1 < 2) == 3)');
  });

  test('group to the right for the power alone', () => {
    assert.equal(group('1 ^ 2 ^ 3'), '(1 ^ (2 ^ 3))');
  });

  test('bind less strongly than signs', () => {
    assert.equal(group('-2 ^ 2'), '((-2) ^ 2)');
    assert.equal(group('!1 && - -2'), '((!1) && (-(-2)))');
  });
});
