import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { hasErrors, parseExpression, SourceFile } from '@pewter/syntax';
import { EvaluationError } from './error.ts';
import { evaluate } from './evaluate.ts';
import { scopeWith } from './evaluation.test-help.ts';
import { print } from './print.ts';

interface Line {
  readonly expr: string;
  /** How the reference prints the value. */
  readonly literal?: string;
  /** Where the reference refuses it. */
  readonly error?: 'parse' | 'eval';
}

/** Generated expressions with the answers of the reference's evaluator, of the version that the other data is of. */
const file = new URL('../../../fixtures/expressions/neighbours.jsonl', import.meta.url);
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);
const scope = scopeWith({});

function answer(expr: string): string | undefined {
  const { expression, diagnostics } = parseExpression(new SourceFile('expression', expr));
  if (hasErrors(diagnostics)) return undefined;
  try {
    return print(evaluate(expression, scope));
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

describe('expressions beside the measured ones give what they give in the reference', () => {
  const groups = Map.groupBy(
    lines,
    ({ expr }) => /^[a-z_]+(?:\.[a-zA-Z0-9_]+)?(?=\()/.exec(expr)?.[0] ?? 'operators',
  );
  for (const [name, group] of groups) {
    test(`${name}: ${group.length}`, () => {
      const answers = group.map(({ expr }) => ({ expr, literal: answer(expr) }));
      assert.deepEqual(
        answers,
        group.map(({ expr, literal }) => ({ expr, literal })),
      );
    });
  }
});
