import { closerExpected, commaExpected } from './explain-list.ts';
import { afterName, endOfStatement } from './explain-statement.ts';
import { rangeOf } from './node.ts';
import type { Mistake } from './reporter.ts';
import type { Range } from './source.ts';
import { type Explanation, type Stuck, valueExpected } from './stuck.ts';
import * as t from './token.ts';

/** What a person should read about a place where the parser could not go on. */
export function explain(stuck: Stuck): Mistake {
  const range = placeOf(stuck);
  const explanation =
    BY_RULE[stuck.rule]?.(stuck) ?? BY_EXPECTED[stuck.expected]?.(stuck) ?? valueExpected(stuck);
  return { range, ...explanation };
}

function placeOf({ actual, text }: Stuck): Range {
  if (actual.startOffset < 0) return { start: text.length, end: text.length };
  if (actual.tokenType === t.Terminator) return { start: actual.startOffset, end: actual.startOffset };
  return rangeOf(actual);
}

const BY_RULE: Readonly<Record<string, (stuck: Stuck) => Explanation | undefined>> = {
  statement: afterName,
  head: ({ expected, actual }) =>
    expected === 'Identifier'
      ? { code: 'E0123', message: `expected a name after ".", found ${t.describeToken(actual)}` }
      : undefined,
};

const BY_EXPECTED: Readonly<Record<string, (stuck: Stuck) => Explanation | undefined>> = {
  Identifier: ({ actual }) => ({
    code: 'E0123',
    message: `expected a name after ".", found ${t.describeToken(actual)}`,
    hint:
      actual.tokenType === t.Text ? `write [${actual.image}] for a key that is not a plain name` : undefined,
  }),
  Terminator: endOfStatement,
  Comma: commaExpected,
  Assign: ({ actual }) => ({
    code: 'E0125',
    message: `expected "=" behind the key, found ${t.describeToken(actual)}`,
    hint: 'the fields of an object are written key = value, with commas between them',
  }),
  Statement: ({ actual }) => ({
    code: 'E0110',
    message: `expected an attribute or a block, found ${t.describeToken(actual)}`,
    hint: 'a line begins with a name: "name = value" or "name { ... }"',
  }),
  Opening: () => ({
    code: 'E0118',
    message: '"}" closes no block',
    hint: 'remove it, or add the "{" that it closes',
  }),
  RCurly: closerExpected,
  RBrack: closerExpected,
  RParen: closerExpected,
};
