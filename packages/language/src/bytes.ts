import { textFromBytes } from './text.ts';
import { NumberValue, type Value } from './value.ts';

/** Which arrays are byte strings: those convert to text, which other arrays of numbers do not. */
const byteArrays = new WeakMap<readonly Value[], Uint8Array>();

/** Bytes as the array of numbers that the language sees. */
export function bytesValue(bytes: Uint8Array): readonly Value[] {
  const value = Array.from(bytes, (byte) => NumberValue.uint(byte));
  byteArrays.set(value, bytes);
  return value;
}

/** The text of a byte array; undefined for any other value. */
export function byteText(value: Value): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const bytes = byteArrays.get(value);
  return bytes === undefined ? undefined : textFromBytes(bytes);
}
