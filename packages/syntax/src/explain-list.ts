import type { IToken } from 'chevrotain';
import { dotAbove } from './explain-dot.ts';
import { quoteMissing } from './explain-quote.ts';
import { withoutQuotes } from './explain-unit.ts';
import { rangeOf } from './node.ts';
import type { Range } from './source.ts';
import { type Explanation, type Stuck, valueExpected } from './stuck.ts';
import * as t from './token.ts';

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

/** Between two elements, or behind the last one of a line, a comma is missing. */
export function commaExpected(stuck: Stuck): Explanation {
  const { actual, previous, rule } = stuck;
  const special = withoutQuotes(stuck) ?? quoteMissing(stuck) ?? dotAbove(stuck);
  if (special !== undefined) return special;
  if (actual.startOffset < 0) return closerExpected(stuck);
  if (actual.startOffset === stuck.text.length) return unclosed(stuck);
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

/** What is open is not closed. */
export function closerExpected(stuck: Stuck): Explanation {
  const { actual, previous, expected, rule } = stuck;
  if (rule === 'object' && actual.startOffset >= 0 && !CLOSING.has(actual.tokenType)) return key(stuck);
  if (expected !== 'RCurly' && OPENERS.has(previous.tokenType) && actual.startOffset >= 0)
    return valueExpected(stuck);
  return unclosed(stuck);
}

function unclosed({ actual, open }: Stuck): Explanation {
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
