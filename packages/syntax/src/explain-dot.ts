import type { IToken } from 'chevrotain';
import { rangeOf } from './node.ts';
import type { Mistake } from './reporter.ts';
import type { Stuck } from './stuck.ts';
import * as t from './token.ts';

/** A reference ends its line with a dot, so that the name of the block on the next line was read as its last part. */
export function dotAbove({ actual, dot }: Stuck): Mistake | undefined {
  if (dot === undefined || (actual.tokenType !== t.LCurly && actual.tokenType !== t.Text)) return undefined;
  return {
    code: 'E0123',
    message: 'expected a name after the "." that ends this line: the next line was read as going on with it',
    range: rangeOf(dot),
  };
}

/** The dot of the dotted name read last behind which its line ends. `back` gives the tokens read, the last as number 0. */
export function dotAtLineEnd(back: (distance: number) => IToken, text: string): IToken | undefined {
  for (let at = 0; back(at).tokenType === t.Identifier; at += 2) {
    const dot = back(at + 1);
    if (dot.tokenType !== t.Dot) return undefined;
    if (text.slice(dot.startOffset, back(at).startOffset).includes('\n')) return dot;
  }
  return undefined;
}
