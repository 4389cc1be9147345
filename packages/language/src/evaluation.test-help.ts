import assert from 'node:assert/strict';
import { hasErrors, parse, parseExpression, type Range, SourceFile } from '@pewter/syntax';
import { type DecodeOptions, decodeBody } from './decode-body.ts';
import { EvaluationError } from './error.ts';
import { evaluate, type Warning } from './evaluate.ts';
import type { BodySchema } from './schema.ts';
import type { Scope } from './scope.ts';
import { standardLibrary } from './stdlib/library.ts';
import type { Value } from './value.ts';

/** The standard library with some names more. */
export function scopeWith(names: Readonly<Record<string, Value>>): Scope {
  return standardLibrary({ environment: () => undefined }).child(new Map(Object.entries(names)));
}

/** The value of an expression; fails the test when the text has errors of syntax. */
export function evaluateText(
  text: string,
  names: Readonly<Record<string, Value>> = {},
  warn?: (warning: Warning) => void,
): Value {
  const { expression, diagnostics } = parseExpression(new SourceFile('expression', text));
  assert.equal(hasErrors(diagnostics), false, diagnostics.map(({ message }) => message).join('\n'));
  return evaluate(expression, scopeWith(names), warn);
}

/** What an expression fails with: the code, the text at fault, the message. */
export function failureOf(text: string, names: Readonly<Record<string, Value>> = {}) {
  try {
    evaluateText(text, names);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { code: error.code, at: cut(text, error.range), message: error.message, hint: error.hint };
  }
  throw new assert.AssertionError({ message: `${text} should fail` });
}

/** What a body decodes to; diagnostics as `CODE text at fault`. */
export function decodeText<T>(
  text: string,
  schema: BodySchema<T>,
  names: Readonly<Record<string, Value>> = {},
  options: DecodeOptions = {},
) {
  const source = new SourceFile('body', text);
  const { file, diagnostics: syntax } = parse(source);
  assert.equal(hasErrors(syntax), false, syntax.map(({ message }) => message).join('\n'));
  const at = { source, range: { start: 0, end: 0 }, name: 'thing' };
  const { value, diagnostics } = decodeBody(file.body, schema, scopeWith(names), at, options);
  return {
    value,
    diagnostics,
    problems: diagnostics.map(({ code, location }) => `${code} ${cut(text, location?.range) ?? ''}`.trim()),
  };
}

function cut(text: string, range: Range | undefined): string | undefined {
  return range && text.slice(range.start, range.end);
}
