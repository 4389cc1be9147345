import { rangeOf } from './node.ts';
import type { Explanation, Stuck } from './stuck.ts';
import * as t from './token.ts';

/**
 * `"a, "b"`: a string that was not closed ends at the quote that should have opened the next one, and what that holds
 * stands behind it. Told by the quotes of the line, of which one is left over.
 */
export function quoteMissing({ previous, actual, text }: Stuck): Explanation | undefined {
  const { start, end } = rangeOf(previous);
  const adjacent =
    previous.tokenType === t.Text && previous.image.startsWith('"') && end === actual.startOffset;
  if (!adjacent || !isOdd(text, end)) return undefined;
  const meant = previous.image.slice(1, -1).replace(/[\s,=\])}]+$/, '');
  return {
    code: 'E0102',
    message: 'this string is not closed: it ends with the quote that begins the next one',
    hint: `close it where its text ends, as in "${meant}"`,
    range: { start, end },
  };
}

/** Whether the number of double quotes from here to the end of the line is odd. */
function isOdd(text: string, from: number): boolean {
  const newline = text.indexOf('\n', from);
  const rest = text.slice(from, newline === -1 ? text.length : newline).replace(/\\./g, '');
  return (rest.split('"').length - 1) % 2 === 1;
}
