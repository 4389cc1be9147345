import type { Diagnostic, SourceFile } from '@pewter/syntax';

/** Each once (an error hides a warning of the same), by file in the order given, then by place; those without a place first, equal places as they came. */
export function mergeDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
): readonly Diagnostic[] {
  const byIdentity = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const earlier = byIdentity.get(identity(one));
    if (earlier === undefined || earlier.severity === 'warning') byIdentity.set(identity(one), one);
  }
  const file = ({ location }: Diagnostic) => (location === undefined ? -1 : sources.indexOf(location.source));
  const start = ({ location }: Diagnostic) => location?.range.start ?? 0;
  return [...byIdentity.values()].sort((a, b) => file(a) - file(b) || start(a) - start(b));
}

/** What makes two diagnostics one: a module that is used twice tells of its mistake once. */
function identity({ code, message, location }: Diagnostic): string {
  const { source, range } = location ?? {};
  return JSON.stringify([code, message, source?.name, range?.start, range?.end]);
}
