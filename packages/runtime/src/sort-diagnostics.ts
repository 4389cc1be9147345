import type { Diagnostic, SourceFile } from '@pewter/syntax';

/** By file in the order given, then by place; those without a place first, equal places as they came. */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): readonly Diagnostic[] {
  const file = ({ location }: Diagnostic) => (location === undefined ? -1 : sources.indexOf(location.source));
  const start = ({ location }: Diagnostic) => location?.range.start ?? 0;
  return diagnostics.toSorted((a, b) => file(a) - file(b) || start(a) - start(b));
}
