import { EvaluationError, evaluate, type Scope, type Value, type Warning } from '@pewter/language';
import { type Diagnostic, hasErrors, parseExpression, type Range, SourceFile } from '@pewter/syntax';

/** What became of one expression: a value, or at least one error among the diagnostics. */
export interface Evaluated {
  readonly text: string;
  readonly value?: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and evaluates one expression; what is wrong with it is a diagnostic. */
export function evaluateText(text: string, scope: Scope): Evaluated {
  const source = new SourceFile('<expression>', text);
  const { expression, diagnostics } = parseExpression(source);
  if (hasErrors(diagnostics)) return { text, diagnostics };
  const warnings: Diagnostic[] = [];
  const warn = (warning: Warning) => warnings.push(diagnosticOf('warning', warning, source, warning.range));
  try {
    const value = evaluate(expression, scope, warn);
    return { text, value, diagnostics: [...diagnostics, ...warnings] };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const failure = diagnosticOf('error', error, source, error.range ?? expression.range);
    return { text, diagnostics: [...diagnostics, ...warnings, failure] };
  }
}

function diagnosticOf(
  severity: Diagnostic['severity'],
  { code, message, hint }: { code: string; message: string; hint?: string | undefined },
  source: SourceFile,
  range: Range,
): Diagnostic {
  return { severity, code, message, location: { source, range }, ...(hint === undefined ? {} : { hint }) };
}
