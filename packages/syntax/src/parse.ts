import decisions from './decisions.generated.json' with { type: 'json' };
import type { Diagnostic } from './diagnostic.ts';
import { lex } from './lexer.ts';
import { AlloyParser } from './parser.ts';
import { toDiagnostics } from './reporter.ts';
import type { SourceFile } from './source.ts';
import type { Expression, File } from './tree.ts';

/** Made when first needed and used again: the parser keeps nothing of the texts that it has read. */
let shared: AlloyParser | undefined;

function parser(): AlloyParser {
  shared ??= new AlloyParser({ skipValidations: true, decisions });
  return shared;
}

/**
 * Parses a config. Never throws: what could be read is in the tree, what could not in the diagnostics (E01xx, in
 * source order, at most one a line). Takes time linear in the text.
 */
export function parse(source: SourceFile): { file: File; diagnostics: readonly Diagnostic[] } {
  const { tokens, comments, mistakes } = lex(source.text);
  parser().begin(source.text, tokens, mistakes);
  const body = withoutStackTraces(() => parser().file());
  const range = { start: 0, end: source.text.length };
  const file: File = { kind: 'file', source, range, body, comments };
  return { file, diagnostics: toDiagnostics(source, mistakes) };
}

/**
 * Parses a single expression, as `parse` does a file. It ends with its line, as the value of an attribute does, and
 * what stands on further lines is not read.
 */
export function parseExpression(source: SourceFile): {
  expression: Expression;
  diagnostics: readonly Diagnostic[];
} {
  const { tokens, mistakes } = lex(source.text);
  parser().begin(source.text, tokens, mistakes);
  const { expression, end } = withoutStackTraces(() => parser().lone());
  const within = mistakes.filter(({ range }) => range.start <= end);
  return { expression, diagnostics: toDiagnostics(source, within) };
}

/**
 * Chevrotain makes an error object for each mistake, and half of the time of a text full of mistakes went into
 * stack traces that nobody reads.
 */
function withoutStackTraces<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
