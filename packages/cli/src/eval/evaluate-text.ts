import { EvaluationError, evaluate, type Scope, type Value, type Warning } from '@pewter/language';
import { type Diagnostic, hasErrors, parseExpression, type Range, SourceFile } from '@pewter/syntax';

/** What became of one expression: a value, or at least one error among the diagnostics. */
export interface Evaluated {
  readonly text: string;
  readonly value?: Value;
  readonly diagnostics: readonly Diagnostic[];
  /** Something stands below the line that the expression ends with, and was not read. */
  readonly unread?: boolean;
}

/** Blanks, line ends and comments. */
const NOTHING = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*$/;

/** Whether a text has nothing to evaluate. */
export function isBlank(text: string): boolean {
  return NOTHING.test(text);
}

/** Reads and evaluates one expression; what is wrong with it is a diagnostic at its place in `name`. */
export function evaluateText(text: string, scope: Scope, name = '<expression>'): Evaluated {
  const source = new SourceFile(name, text);
  const { expression, diagnostics } = parseExpression(source);
  if (hasErrors(diagnostics)) return { text, diagnostics };
  const warnings: Diagnostic[] = [];
  const warn = (warning: Warning) => warnings.push(diagnosticOf('warning', warning, source, warning.range));
  try {
    const value = evaluate(expression, scope, warn);
    const unread = !isBlank(text.slice(expression.range.end));
    return { text, value, diagnostics: [...diagnostics, ...warnings], unread };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const failure = diagnosticOf('error', withHint(error), source, error.range ?? expression.range);
    return { text, diagnostics: [...diagnostics, ...warnings, failure] };
  }
}

/** A config has more names than are known here. */
function withHint({ code, message, hint }: EvaluationError) {
  const missing = code === 'E0301' && hint === undefined;
  return {
    code,
    message,
    hint: missing ? 'only the standard library is in scope here, no components' : hint,
  };
}

function diagnosticOf(
  severity: Diagnostic['severity'],
  { code, message, hint }: { code: string; message: string; hint?: string | undefined },
  source: SourceFile,
  range: Range,
): Diagnostic {
  return { severity, code, message, location: { source, range }, ...(hint === undefined ? {} : { hint }) };
}
