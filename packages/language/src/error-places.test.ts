import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { hasErrors, parseExpression, SourceFile } from '@pewter/syntax';
import { EvaluationError } from './error.ts';
import { evaluate } from './evaluate.ts';
import { scopeWith } from './evaluation.test-help.ts';

const folder = process.env.PEWTER_REFERENCE ?? resolve(import.meta.dirname, '../../../../shared/reference');
const file = resolve(folder, 'language/expressions.jsonl');

interface Line {
  readonly expr: string;
  readonly stage?: string;
  readonly diagnostics?: readonly { readonly line: number; readonly column: number }[];
}

/** The place of the failure, with columns in bytes as the reference counts them. */
function placeOf(expr: string): string {
  const source = new SourceFile('expression', expr);
  const { expression, diagnostics } = parseExpression(source);
  if (hasErrors(diagnostics)) return 'syntax';
  try {
    evaluate(expression, scopeWith({}));
    return 'none';
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.range === undefined) throw error;
    const { line } = source.position(error.range.start);
    const start = expr.lastIndexOf('\n', error.range.start - 1) + 1;
    return `${line}:${Buffer.byteLength(expr.slice(start, error.range.start)) + 1}`;
  }
}

describe('errors point where the reference points', {
  skip: !existsSync(file) && `${file} is absent`,
}, () => {
  test('with line and column', (t) => {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((text) => text !== '');
    const cases = lines
      .map((text) => JSON.parse(text) as Line)
      .filter(({ expr, stage, diagnostics }) => {
        return stage === 'eval' && (diagnostics?.[0]?.line ?? 0) > 0 && !expr.includes('fx');
      });
    const differing = cases.filter(({ expr, diagnostics: [first] = [] }) => {
      return first !== undefined && placeOf(expr) !== `${first.line}:${first.column}`;
    });
    t.diagnostic(`${cases.length - differing.length} of ${cases.length}`);
    assert.deepEqual(differing, []);
  });
});
