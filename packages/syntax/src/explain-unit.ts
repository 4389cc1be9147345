import type { IToken } from 'chevrotain';
import { rangeOf } from './node.ts';
import type { Explanation } from './stuck.ts';
import * as t from './token.ts';

const UNIT = /^(?:ns|us|µs|ms|s|m|h|d|w|y|[kKMGTP]i?[bB]?|[kmgt]ib)/;

/** `10s`, `5MiB`: a number that a name follows without a space. */
export function withoutQuotes(previous: IToken, actual: IToken): Explanation | undefined {
  const adjacent = previous.tokenType === t.Numeral && rangeOf(previous).end === actual.startOffset;
  if (!adjacent || actual.tokenType !== t.Identifier) return undefined;
  const text = `${previous.image}${actual.image}`;
  const what = UNIT.test(actual.image) ? 'durations and sizes are strings' : 'this is not a number';
  const range = { start: previous.startOffset, end: rangeOf(actual).end };
  return {
    code: 'E0126',
    message: `${what}, so "${text}" needs quotes`,
    hint: `write "${text}" in double quotes`,
    range,
  };
}
