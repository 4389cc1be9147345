import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

function kind(name: string, label: string): TokenType {
  return createToken({ name, label, pattern: Lexer.NA });
}

export const Identifier = kind('Identifier', 'a name');
export const Text = kind('String', 'a string');
export const Numeral = kind('Number', 'a number');
export const Bool = kind('Bool', 'true or false');
export const Null = kind('Null', 'null');
/** The end of a statement: a newline after a token that can end one, or the end of the text. */
export const Terminator = kind('Terminator', 'the end of the line');

export const Assign = kind('Assign', '"="');
export const Dot = kind('Dot', '"."');
export const Comma = kind('Comma', '","');
export const LCurly = kind('LCurly', '"{"');
export const RCurly = kind('RCurly', '"}"');
export const LBrack = kind('LBrack', '"["');
export const RBrack = kind('RBrack', '"]"');
export const LParen = kind('LParen', '"("');
export const RParen = kind('RParen', '")"');
export const Not = kind('Not', '"!"');
/** Apart from the other operators, since it is also a sign. */
export const Minus = kind('Minus', '"-"');
/** Every other binary operator; its image says which. */
export const Operator = kind('Operator', 'an operator');

/** All kinds of token, as the parser wants them. */
export const vocabulary: readonly TokenType[] = [
  Identifier,
  Text,
  Numeral,
  Bool,
  Null,
  Terminator,
  Assign,
  Dot,
  Comma,
  LCurly,
  RCurly,
  LBrack,
  RBrack,
  LParen,
  RParen,
  Not,
  Minus,
  Operator,
];

/** A token as chevrotain's parser reads them, with nothing that it does not need. */
export class Token implements IToken {
  readonly tokenType: TokenType;
  readonly tokenTypeIdx: number;
  readonly image: string;
  readonly startOffset: number;
  /** The last character, not the one behind it: chevrotain's convention. */
  readonly endOffset: number;

  constructor(tokenType: TokenType, image: string, startOffset: number, endOffset: number) {
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx ?? 0;
    this.image = image;
    this.startOffset = startOffset;
    this.endOffset = endOffset;
  }
}

/** What a token is called in a message: what stands in the text, or its kind where that says more. */
export function describeToken(token: IToken): string {
  if (token.startOffset < 0) return 'the end of the file';
  if (token.tokenType === Terminator) return 'the end of the line';
  const image = token.image.length > 40 ? `${token.image.slice(0, 37)}...` : token.image;
  return token.tokenType === Text ? `the string ${image}` : `"${image}"`;
}
