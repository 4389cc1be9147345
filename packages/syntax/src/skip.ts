import type { IToken } from 'chevrotain';
import * as t from './token.ts';

const OPENING: ReadonlySet<unknown> = new Set([t.LCurly, t.LBrack, t.LParen]);
const CLOSING: ReadonlySet<unknown> = new Set([t.RCurly, t.RBrack, t.RParen]);

/** What is needed of the parser to skip. */
export interface Skipper {
  peek(): IToken;
  skip(): void;
}

/**
 * Skips to the end of a broken statement, `open` brackets deep: to the end of a line that closes them, or before
 * the brace that closes the block around it. Since a bracket may be what is missing, a line that begins with a name
 * or `}` no further right than the statement ends it too.
 */
export function skipStatement(parser: Skipper, text: string, start: number, open: number): void {
  for (let token = parser.peek(); token.startOffset >= 0; token = parser.peek()) {
    if (open <= 0 && (token.tokenType === t.Terminator || token.tokenType === t.RCurly)) return;
    if (token.startOffset > start && startsNewStatement(token, text, start)) return;
    if (OPENING.has(token.tokenType)) open++;
    else if (CLOSING.has(token.tokenType)) open--;
    parser.skip();
  }
}

function startsNewStatement(token: IToken, text: string, start: number): boolean {
  if (token.tokenType !== t.Identifier && token.tokenType !== t.RCurly) return false;
  if (!/\s/.test(text[token.startOffset - 1] ?? '')) return false;
  const column = columnOf(text, start);
  const own = indentOf(text, token.startOffset, column);
  return own !== undefined && (token.tokenType === t.Identifier ? own <= column : own < column);
}

/** The column of the first token on its line; undefined when others stand before it or it is further right than `most`. */
function indentOf(text: string, offset: number, most: number): number | undefined {
  let at = offset;
  while (offset - at <= most && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at === 0 || text[at - 1] === '\n' ? offset - at : undefined;
}

/** How far the line of a place is indented. */
function columnOf(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0].length ?? 0;
}
