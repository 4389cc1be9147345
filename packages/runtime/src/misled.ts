import { headRange } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import type { Reference } from './graph.ts';

/** What is wrong with blocks, each with the places that refer to a block which is not to be had by that name. */
export function withMisled(
  diagnostics: readonly Diagnostic[],
  misled: readonly Reference[],
): readonly Diagnostic[] {
  if (misled.length === 0) return diagnostics;
  return diagnostics.map((one) => {
    const places = misled
      .filter(({ to }) => isAbout(one, to))
      .map(({ from: { source }, range }) => ({ source, range, message: 'referred to here' }));
    return places.length === 0 ? one : { ...one, related: [...(one.related ?? []), ...places] };
  });
}

function isAbout({ location, severity }: Diagnostic, { source, block }: Reference['to']): boolean {
  if (location === undefined || location.source !== source || severity !== 'error') return false;
  const { start, end } = headRange(block);
  return start <= location.range.start && location.range.start < end;
}
