import type { Literal } from '@pewter/syntax';
import { EvaluationError } from './error.ts';
import { textFromBytes } from './text.ts';
import { NumberValue, type Value } from './value.ts';

/** The value of a literal. Throws {@link EvaluationError} where the text is no literal of the language. */
export function literalValue(literal: Literal): Value {
  switch (literal.literal) {
    case 'null':
      return null;
    case 'bool':
      return literal.text === 'true';
    case 'number':
      return numberLiteral(literal);
    case 'string':
      return stringLiteral(literal);
  }
}

const longestInt = (1n << 63n) - 1n;
const longestUint = (1n << 64n) - 1n;

/** Integers go to the first of int and uint that holds them, and become floats past both; `010` is octal, `08` a float. */
function numberLiteral(literal: Literal): NumberValue {
  const integer = wholeNumber(literal.text);
  if (integer !== undefined && integer <= longestInt) return NumberValue.int(integer);
  if (integer !== undefined && integer <= longestUint) return NumberValue.uint(integer);
  const float = Number(literal.text);
  if (Number.isFinite(float)) return NumberValue.float(float);
  throw new EvaluationError('E0312', `the number ${literal.text} is too large`, { range: literal.range });
}

function wholeNumber(text: string): bigint | undefined {
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`);
  return /^(?:0|[1-9]\d*)$/.test(text) ? BigInt(text) : undefined;
}

function stringLiteral(literal: Literal): string {
  const inner = literal.text.slice(1, -1);
  if (literal.text.startsWith('`')) return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  const unescaped = undoEscapes(inner);
  if (unescaped !== undefined) return unescaped;
  throw new EvaluationError('E0312', `the string ${literal.text} has an escape that does not exist`, {
    range: literal.range,
    hint: 'write `\\\\` for a backslash, or use a raw string in backquotes',
  });
}

const escapeForm = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const encoder = new TextEncoder();

/** Undoes escapes; undefined where one is malformed. Bytes are gathered first, since `\xc3\xa9` spells one character. */
function undoEscapes(inner: string): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < inner.length; ) {
    const stop = inner.indexOf('\\', at);
    const end = stop === -1 ? inner.length : stop;
    bytes.push(...encoder.encode(inner.slice(at, end)));
    if (stop === -1) break;
    escapeForm.lastIndex = stop;
    const match = escapeForm.exec(inner);
    const piece = match === null ? undefined : escapeBytes(match);
    if (match === null || piece === undefined) return undefined;
    bytes.push(...piece);
    at = stop + match[0].length;
  }
  return textFromBytes(Uint8Array.from(bytes));
}

function escapeBytes(match: RegExpExecArray): Iterable<number> | undefined {
  const [, name, hexByte, octal, short, long] = match;
  if (name !== undefined) return encoder.encode(named[name] ?? '');
  if (hexByte !== undefined) return [Number.parseInt(hexByte, 16)];
  if (octal !== undefined) return Number.parseInt(octal, 8) > 255 ? undefined : [Number.parseInt(octal, 8)];
  const code = Number.parseInt(short ?? long ?? '', 16);
  const valid = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? encoder.encode(String.fromCodePoint(code)) : undefined;
}
