import { rangeOf } from './node.ts';
import type { Explanation, Stuck } from './stuck.ts';
import * as t from './token.ts';

const UNIT = /^(?:ns|us|µs|ms|s|m|h|d|w|y|[kKMGTP]i?[bB]?|[kmgt]ib)$/;
const ADDRESS = /\d+(?:\.\d+)+(?::\d+)?/y;

/** `10s`, `5MiB`, `127.0.0.1:80`: a number that a name or another number follows without a space. */
export function withoutQuotes({ previous, actual, text }: Stuck): Explanation | undefined {
  const adjacent = previous.tokenType === t.Numeral && rangeOf(previous).end === actual.startOffset;
  if (!adjacent) return undefined;
  if (actual.tokenType === t.Numeral) return address(text, previous.startOffset);
  if (actual.tokenType !== t.Identifier) return undefined;
  const what = UNIT.test(actual.image) ? 'durations and sizes are strings' : 'this is not a number';
  return inQuotes(what, `${previous.image}${actual.image}`, previous.startOffset);
}

function address(text: string, start: number): Explanation | undefined {
  ADDRESS.lastIndex = start;
  const [found] = ADDRESS.exec(text) ?? [];
  return found === undefined ? undefined : inQuotes('addresses and versions are strings', found, start);
}

function inQuotes(what: string, text: string, start: number): Explanation {
  return {
    code: 'E0126',
    message: `${what}, so "${text}" needs quotes`,
    hint: `write "${text}" in double quotes`,
    range: { start, end: start + text.length },
  };
}
