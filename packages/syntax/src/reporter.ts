import type { SyntaxCode } from './codes.ts';
import type { Diagnostic, Related } from './diagnostic.ts';
import type { Range, SourceFile } from './source.ts';

/** A mistake before its file is known. */
export interface Mistake {
  readonly code: SyntaxCode;
  readonly message: string;
  readonly range: Range;
  readonly hint?: string | undefined;
  readonly related?: { readonly range: Range; readonly message: string } | undefined;
}

/** How many mistakes of one file are worth reporting; a binary file would otherwise give millions. */
const LIMIT = 100;

/** Turns mistakes into diagnostics: in source order, and of each line only the first, since others follow from it. */
export function toDiagnostics(source: SourceFile, mistakes: readonly Mistake[]): Diagnostic[] {
  const sorted = mistakes.toSorted((a, b) => a.range.start - b.range.start);
  const found: Diagnostic[] = [];
  let lineEnd = -1;
  for (const mistake of sorted) {
    if (mistake.range.start <= lineEnd) continue;
    found.push(toDiagnostic(source, mistake));
    if (found.length === LIMIT) break;
    const next = source.text.indexOf('\n', mistake.range.start);
    lineEnd = next === -1 ? source.text.length : next;
  }
  return found;
}

function toDiagnostic(source: SourceFile, mistake: Mistake): Diagnostic {
  const { code, message, range, hint, related } = mistake;
  const places: Related[] = related === undefined ? [] : [{ source, ...related }];
  return {
    severity: 'error',
    code,
    message,
    location: { source, range },
    ...(hint === undefined ? {} : { hint }),
    ...(places.length === 0 ? {} : { related: places }),
  };
}
