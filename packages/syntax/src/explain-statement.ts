import { quoteMissing } from './explain-quote.ts';
import { withoutQuotes } from './explain-unit.ts';
import type { Explanation, Stuck } from './stuck.ts';
import * as t from './token.ts';

/** Behind the name of a statement stands neither `=` nor a block. */
export function afterName({ actual, previous }: Stuck): Explanation {
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

/** A statement or an expression goes on where it should end. */
export function endOfStatement(stuck: Stuck): Explanation {
  const { actual } = stuck;
  const special = withoutQuotes(stuck) ?? quoteMissing(stuck) ?? valueMissing(stuck);
  if (special !== undefined) return special;
  const message = `expected the end of the line, found ${t.describeToken(actual)}`;
  const hint = STATEMENT_HINTS.get(actual.tokenType) ?? LINE_HINTS[stuck.rule];
  return { code: 'E0116', message, hint };
}

/** By the rule that should have ended. */
const LINE_HINTS: Readonly<Record<string, string>> = {
  body: 'each attribute and each block stands on a line of its own',
};

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
