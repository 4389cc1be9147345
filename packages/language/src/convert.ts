import { byteText } from './bytes.ts';
import { numberText } from './number-text.ts';
import { parseNumber } from './numbers.ts';
import { readableText, secretOf } from './secret-kinds.ts';
import { NumberValue, type Value } from './value.ts';

/** The text that a value converts to where a string is due; undefined where it does not. Null is the empty text. */
export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (value instanceof NumberValue) return numberText(value);
  return byteText(value) ?? readableText(value);
}

/** The number that a value converts to where a number is due; undefined where it does not. Null is zero. */
export function toNumber(value: Value): NumberValue | undefined {
  if (value instanceof NumberValue) return value;
  if (value === null) return NumberValue.int(0);
  const text = typeof value === 'string' ? value : readableText(value);
  return text === undefined ? undefined : parseNumber(text);
}

/** True for a secret that may not become a plain string. */
export function isHiddenSecret(value: Value): boolean {
  return secretOf(value)?.exposure === 'hidden';
}
