import type { Diagnostic } from '@pewter/syntax';

/** A diagnostic as plain data, with lines and columns from 1; columns count Unicode code points, and `end` is behind the last. */
export interface PlainDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string | null;
  readonly file: string;
  readonly range: { readonly start: PlainPosition; readonly end: PlainPosition };
}

interface PlainPosition {
  readonly line: number;
  readonly column: number;
}

/** What has no place stands at the beginning of `file`. */
export function plainDiagnostic(diagnostic: Diagnostic, file: string): PlainDiagnostic {
  const { code, severity, message, hint = null, location } = diagnostic;
  const start = location?.source.position(location.range.start) ?? { line: 1, column: 1 };
  const end = location?.source.position(location.range.end) ?? start;
  return { code, severity, message, hint, file: location?.source.name ?? file, range: { start, end } };
}
