import { type Literal, readEscape } from '@pewter/syntax';
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

const encoder = new TextEncoder();

/** Undoes escapes; undefined where one is malformed. Bytes are gathered first, since `\xc3\xa9` spells one character. */
function undoEscapes(inner: string): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < inner.length; ) {
    const stop = inner.indexOf('\\', at);
    const end = stop === -1 ? inner.length : stop;
    for (const byte of encoder.encode(inner.slice(at, end))) bytes.push(byte);
    if (stop === -1) break;
    const found = readEscape(inner, stop + 1);
    if (found === undefined) return undefined;
    bytes.push(...(found.isByte ? [found.value] : encoder.encode(String.fromCodePoint(found.value))));
    at = stop + 1 + found.length;
  }
  return textFromBytes(Uint8Array.from(bytes));
}
