import type { Diagnostic, Range, SourceFile } from '@pewter/syntax';
import type { RuntimeCode } from './codes.ts';

/** A diagnostic of this package (E0401 is shared with the language); a code that begins with W is a warning. */
export function problem(
  code: RuntimeCode | 'E0401',
  message: string,
  source: SourceFile,
  range: Range,
  more: Pick<Diagnostic, 'hint' | 'related'> = {},
): Diagnostic {
  const severity = code.startsWith('W') ? 'warning' : 'error';
  return { severity, code, message, location: { source, range }, ...more };
}
