import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate, Scope } from '@pewter/language';
import { parseExpression, SourceFile } from '@pewter/syntax';
import { scopeFor } from './scope-for.ts';

describe('the scope of a body', () => {
  test('has values under their dotted names, beside each other', () => {
    const scope = scopeFor(
      [
        ['fake.source.a', 'one'],
        ['fake.source.b', 'two'],
        ['fake.other.a', 'three'],
        ['argument.x', 'four'],
      ],
      new Scope(new Map([['around', 'five']])),
    );
    const text = 'fake.source.a + fake.source.b + fake.other.a + argument.x + around';
    const { expression } = parseExpression(new SourceFile('test', text));
    assert.equal(evaluate(expression, scope), 'onetwothreefourfive');
  });
});
