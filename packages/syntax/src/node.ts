import type { IParserErrorMessageProvider, IToken } from 'chevrotain';
import type { Operation } from './precedence.ts';
import type { Range } from './source.ts';
import type { Head } from './statement-check.ts';
import * as t from './token.ts';
import type * as tree from './tree.ts';

/** Makers of tree nodes from tokens. */

export function rangeOf(token: IToken): Range {
  return { start: token.startOffset, end: endOf(token) };
}

export function endOf(token: IToken): number {
  return (token.endOffset ?? token.startOffset) + 1;
}

export function identifier(token: IToken): tree.Identifier {
  return { kind: 'identifier', name: token.image, range: rangeOf(token) };
}

export function literal(kind: tree.Literal['literal'], token: IToken): tree.Literal {
  return { kind: 'literal', literal: kind, text: token.image, range: rangeOf(token) };
}

export function bad(start: number, end: number): tree.BadExpression {
  return { kind: 'bad', range: { start, end } };
}

/** The bytes between two tokens, both included. */
export function span(first: IToken, last: IToken): Range {
  return { start: first.startOffset, end: Math.max(endOf(first), endOf(last)) };
}

/** Of a dotted name, which has been reported, the last part is the attribute's. */
export function attribute(head: Head, value: tree.Expression): tree.Attribute {
  const first = firstOf(head);
  return {
    kind: 'attribute',
    name: head.name.at(-1) ?? first,
    value,
    range: { start: first.range.start, end: value.range.end },
  };
}

export function block(head: Head, body: tree.Body, open: IToken, close: IToken): tree.Block {
  const braces = span(open, close);
  const range = { start: firstOf(head).range.start, end: braces.end };
  const block = { kind: 'block', name: head.name, body, braces, range } as const;
  return head.label === undefined ? block : { ...block, label: label(head.label) };
}

function firstOf(head: Head): tree.Identifier {
  return head.name[0] ?? { kind: 'identifier', name: '', range: { start: 0, end: 0 } };
}

/** Whether a closing brace is the first of its line and stands further left than its block begins. */
export function closesFurtherLeft(text: string, head: Head, close: IToken): boolean {
  const start = firstOf(head).range.start;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lineStart = text.lastIndexOf('\n', close.startOffset - 1) + 1;
  const indent = close.startOffset - lineStart;
  return indent < column && lineStart > start && /^[ \t]*$/.test(text.slice(lineStart, close.startOffset));
}

export function isOpening(token: IToken): boolean {
  return token.tokenType === t.LCurly || token.tokenType === t.LBrack || token.tokenType === t.LParen;
}

export function access(object: tree.Expression, token: IToken): tree.Access {
  const range = { start: object.range.start, end: endOf(token) };
  return { kind: 'access', object, name: identifier(token), range };
}

/** As in the reference, a string of two quotes is not unwrapped: they are the key. */
export function field(key: IToken, value: tree.Expression): tree.ObjectField {
  const quoted = key.tokenType === t.Text && key.image.length > 2;
  const name = quoted ? key.image.slice(1, -1) : key.image;
  return {
    name,
    nameRange: rangeOf(key),
    quoted,
    value,
    range: { start: key.startOffset, end: value.range.end },
  };
}

export function index(object: tree.Expression, index: tree.Expression, close: IToken): tree.Index {
  return { kind: 'index', object, index, range: { start: object.range.start, end: endOf(close) } };
}

export function call(callee: tree.Expression, args: tree.Expression[], close: IToken): tree.Call {
  return { kind: 'call', callee, args, range: { start: callee.range.start, end: endOf(close) } };
}

export function wrap(operand: tree.Expression, sign: IToken): tree.Expression {
  const range = { start: sign.startOffset, end: operand.range.end };
  return { kind: 'unary', operator: sign.tokenType === t.Not ? '!' : '-', operand, range };
}

export function operation(token: IToken, right: tree.Expression): Operation {
  const operator = (OPERATORS[token.image] ?? token.image) as tree.BinaryOperator;
  return { operator, start: token.startOffset, end: endOf(token), right };
}

/** Halves of operators, which the lexer has reported. */
const OPERATORS: Readonly<Record<string, tree.BinaryOperator>> = { '&': '&&', '|': '||' };

export function label(token: IToken): tree.BlockLabel {
  const value = /^["'`]/.test(token.image) ? token.image.slice(1, -1) : token.image;
  return { value, range: rangeOf(token) };
}

/** Lets chevrotain's exceptions carry the kind of token that was expected; `explain` makes the message. */
export const expectedKind: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => 'Nothing',
  buildNoViableAltMessage: () => 'Alternative',
  buildEarlyExitMessage: () => 'Alternative',
};
