import type { TokenType } from 'chevrotain';
import * as t from './token.ts';

/** The tokens behind which a newline ends the statement. */
export const ENDS_STATEMENT: ReadonlySet<TokenType> = new Set([
  t.Identifier,
  t.Text,
  t.Numeral,
  t.Bool,
  t.Null,
  t.RCurly,
  t.RParen,
  t.RBrack,
]);

/** A token that is always written the same. */
export interface Mark {
  readonly type: TokenType;
  readonly image: string;
  /** Whether a newline behind it ends the statement. */
  readonly newlineEnds: boolean;
}

/** By the code of their (first) character. */
export const PUNCTUATION = marks([
  ['=', t.Assign],
  ['.', t.Dot],
  [',', t.Comma],
  ['{', t.LCurly],
  ['}', t.RCurly],
  ['[', t.LBrack],
  [']', t.RBrack],
  ['(', t.LParen],
  [')', t.RParen],
  ['!', t.Not],
  ['-', t.Minus],
  ['+', t.Operator],
  ['*', t.Operator],
  ['/', t.Operator],
  ['%', t.Operator],
  ['^', t.Operator],
  ['<', t.Operator],
  ['>', t.Operator],
]);
/** Those of two characters, by the code of the first. */
export const DOUBLE = marks(['==', '!=', '<=', '>=', '||', '&&'].map((image) => [image, t.Operator]));

const KEYWORDS: ReadonlyMap<string, TokenType> = new Map([
  ['true', t.Bool],
  ['false', t.Bool],
  ['null', t.Null],
]);

function marks(list: readonly (readonly [string, TokenType])[]): readonly (Mark | undefined)[] {
  const byCode: (Mark | undefined)[] = Array.from({ length: 128 });
  for (const [image, type] of list)
    byCode[image.charCodeAt(0)] = { type, image, newlineEnds: ENDS_STATEMENT.has(type) };
  return byCode;
}

/** The kind of a word that is no name. */
export function keyword(word: string): TokenType | undefined {
  return word.length === 4 || word.length === 5 ? KEYWORDS.get(word) : undefined;
}
