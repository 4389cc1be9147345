import type { IToken } from 'chevrotain';
import { rangeOf } from './node.ts';
import type { Mistake } from './reporter.ts';
import type { Range } from './source.ts';
import * as t from './token.ts';

/** Where the parser stood when it could not go on. */
export interface Stuck {
  /** The rule of the grammar. */
  readonly rule: string;
  /** The name of the kind of token that was wanted, or `Alternative`. */
  readonly expected: string;
  readonly actual: IToken;
  readonly previous: IToken;
  readonly beforePrevious: IToken;
  /** The innermost open bracket or brace. */
  readonly open: IToken | undefined;
  readonly text: string;
}

type Explanation = Pick<Mistake, 'code' | 'message'> & Partial<Mistake>;

/** What a person should read about a place where the parser could not go on. */
export function explain(stuck: Stuck): Mistake {
  const range = placeOf(stuck);
  const explanation =
    BY_RULE[stuck.rule]?.(stuck) ?? BY_EXPECTED[stuck.expected]?.(stuck) ?? expression(stuck);
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
  Comma: comma,
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
  RCurly: closing,
  RBrack: closing,
  RParen: closing,
};

/** The kinds of token that cannot follow a complete expression, only begin one. */
const OPENERS: ReadonlySet<unknown> = new Set([
  t.Comma,
  t.LBrack,
  t.LParen,
  t.LCurly,
  t.Operator,
  t.Minus,
  t.Not,
]);

function expression({ actual, previous }: Stuck): Explanation {
  const found = t.describeToken(actual);
  const message = `expected a value ${behind(previous)}, found ${found}`;
  if (actual.image === '<')
    return { code: 'E0120', message, hint: 'replace the placeholder <...> by a value' };
  return { code: 'E0120', message };
}

function behind(previous: IToken): string {
  return previous.startOffset < 0 ? 'here' : `behind ${t.describeToken(previous)}`;
}

function afterName({ actual, previous }: Stuck): Explanation {
  const found = t.describeToken(actual);
  const name = previous.image;
  if (actual.tokenType === t.LParen)
    return {
      code: 'E0111',
      message: 'a function call cannot stand alone',
      hint: `a call is a value: write name = ${name}(...)`,
    };
  const hint = `write "${name} = value" for an attribute, or "${name} { ... }" for a block`;
  return {
    code: 'E0111',
    message: `expected "=" or a block behind ${t.describeToken(previous)}, found ${found}`,
    hint,
  };
}

const UNIT = /^(?:ns|us|µs|ms|s|m|h|d|w|y|[kKMGTP]i?[bB]?|[kmgt]ib)/;

function endOfStatement(stuck: Stuck): Explanation {
  const { actual, previous } = stuck;
  const special = withoutQuotes(previous, actual) ?? valueMissing(stuck);
  if (special !== undefined) return special;
  const message = `expected the end of the line, found ${t.describeToken(actual)}`;
  const hint = STATEMENT_HINTS.get(actual.tokenType);
  return {
    code: 'E0116',
    message,
    hint: hint ?? 'each attribute and each block stands on a line of its own',
  };
}

const STATEMENT_HINTS: ReadonlyMap<unknown, string> = new Map([
  [
    t.Comma,
    'remove the comma: attributes of a block are ended by the line, only fields and elements take commas',
  ],
  [t.RParen, 'remove it, or add the "(" that it closes'],
  [t.RBrack, 'remove it, or add the "[" that it closes'],
  [t.Assign, 'compare with ==; a value cannot be assigned inside an expression'],
]);

/** `a =`, and on the next line `b = 1`: the value of `a` may stand on the next line, so `b` is taken for it. */
function valueMissing({ actual, previous, beforePrevious, text }: Stuck): Explanation | undefined {
  const chain = actual.tokenType === t.Assign && beforePrevious.tokenType === t.Assign;
  if (!chain || !text.slice(beforePrevious.startOffset, previous.startOffset).includes('\n'))
    return undefined;
  return {
    code: 'E0120',
    message: `${t.describeToken(previous)} was read as the value of the "=" above it, which has none`,
    hint: 'write a value behind the "=" that ends the line above',
  };
}

/** `10s`, `5MiB`: a number that a name follows without a space. */
function withoutQuotes(previous: IToken, actual: IToken): Explanation | undefined {
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

function comma(stuck: Stuck): Explanation {
  const { actual, previous, rule } = stuck;
  const unit = withoutQuotes(previous, actual);
  if (unit !== undefined) return unit;
  if (actual.startOffset < 0) return closing(stuck);
  const where = rule === 'object' ? 'between the fields of an object' : 'between elements';
  if (actual.tokenType === t.Terminator)
    return {
      code: 'E0121',
      message: `missing comma behind ${t.describeToken(previous)}`,
      range: { start: rangeOf(previous).end, end: rangeOf(previous).end },
      hint: 'before a newline every element needs a comma, the last one too',
    };
  return {
    code: 'E0121',
    message: `missing comma ${where}: found ${t.describeToken(actual)}`,
    hint: 'add a comma',
    ...behindLines(actual),
  };
}

/** A string of several lines that stands where none can has begun with what should have ended another: its end is the place. */
function behindLines(actual: IToken): { range?: Range } {
  const { end } = rangeOf(actual);
  return actual.tokenType === t.Text && actual.image.includes('\n') ? { range: { start: end - 1, end } } : {};
}

const CLOSING: ReadonlySet<unknown> = new Set([t.RCurly, t.RBrack, t.RParen]);

const CLOSERS: ReadonlyMap<unknown, string> = new Map([
  [t.LCurly, '}'],
  [t.LBrack, ']'],
  [t.LParen, ')'],
]);

function key({ actual }: Stuck): Explanation {
  return {
    code: 'E0124',
    message: `expected the key of a field, found ${t.describeToken(actual)}`,
    hint: 'a key is a name or a string in double quotes',
  };
}

function closing(stuck: Stuck): Explanation {
  const { actual, previous, open, expected, rule } = stuck;
  if (rule === 'object' && actual.startOffset >= 0 && !CLOSING.has(actual.tokenType)) return key(stuck);
  if (expected !== 'RCurly' && OPENERS.has(previous.tokenType) && actual.startOffset >= 0)
    return expression(stuck);
  const closer = CLOSERS.get(open?.tokenType) ?? '}';
  const message = `expected "${closer}", found ${t.describeToken(actual)}`;
  const related = open && { range: rangeOf(open), message: `"${open.image}" was opened here` };
  return {
    code: closer === '}' ? 'E0117' : 'E0122',
    message,
    hint:
      actual.tokenType === t.Terminator
        ? 'it must stand on the same line as the end of the value'
        : `close it with "${closer}"`,
    related,
  };
}
