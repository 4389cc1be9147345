import type { Diagnostic, File, Range } from '@pewter/syntax';

/** What a text that could not be read as it was meant seems to lack or to name, where nothing may be wrong. */
const echoes: ReadonlySet<string> = new Set(['E0207', 'E0301', 'E0302', 'E0401', 'E0402']);

/**
 * The diagnostics without those that only follow from a mistake of syntax: what stands at the same place, and, in the
 * block that the mistake is in, names and arguments that are missed there. The mistake itself stays, so a config that is wrong
 * stays wrong.
 */
export function dropEchoes(
  diagnostics: readonly Diagnostic[],
  files: readonly File[],
): readonly Diagnostic[] {
  const syntax = diagnostics.filter(({ code, severity }) => code.startsWith('E01') && severity === 'error');
  if (syntax.length === 0) return diagnostics;
  return diagnostics.filter((one) => {
    const { location, code } = one;
    if (location === undefined || code.startsWith('E01')) return true;
    return !syntax.some((mistake) => isEcho(one, mistake, files));
  });
}

function isEcho({ code, location }: Diagnostic, mistake: Diagnostic, files: readonly File[]): boolean {
  const at = mistake.location;
  if (at === undefined || location === undefined || at.source !== location.source) return false;
  if (overlaps(at.range, location.range)) return code.startsWith('E03') || echoes.has(code);
  const places = [at.range, ...(mistake.related ?? []).map(({ range }) => range)];
  const block = files
    .find(({ source }) => source === at.source)
    ?.body.find(({ range }) => places.some((place) => contains(range, place)));
  return block !== undefined && echoes.has(code) && contains(block.range, location.range);
}

function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.start <= outer.end;
}
