import type { Evaluated } from './evaluate-text.ts';

/** The mistakes of a text that ends too early: an open comment or raw string, a missing value, an open bracket. */
const UNFINISHED: ReadonlySet<string> = new Set(['E0102', 'E0103', 'E0117', 'E0120', 'E0122']);

/**
 * Whether a text is only the beginning of an expression, which a further line may complete: its one mistake is that it
 * ends behind an opening bracket, a comma or an operator, or within a raw string or a comment.
 */
export function goesOn({ text, diagnostics }: Evaluated): boolean {
  const [mistake, another] = diagnostics;
  if (mistake === undefined || another !== undefined || text === '' || !UNFINISHED.has(mistake.code))
    return false;
  const start = mistake.location?.range.start ?? 0;
  if (start < text.length) return text.startsWith('`', start) || text.startsWith('/*', start);
  return !/[\p{L}\p{N}_"`)\]}]$/u.test(text);
}
