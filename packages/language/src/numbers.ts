import { type NumberKind, NumberValue } from './value.ts';

const rank: Readonly<Record<NumberKind, number>> = { uint: 0, int: 1, float: 2 };

/** The kind in which two numbers meet: float above int above uint. */
export function commonKind(left: NumberValue, right: NumberValue): NumberKind {
  return rank[left.kind] > rank[right.kind] ? left.kind : right.kind;
}

/** The number as a signed 64-bit integer: fractions are cut off, what does not fit becomes the least int. */
export function toInt(number: NumberValue): bigint {
  if (typeof number.value === 'bigint') return BigInt.asIntN(64, number.value);
  return truncated(number.value, -(2 ** 63), 2 ** 63) ?? -(1n << 63n);
}

/** The number as an unsigned 64-bit integer; negative numbers wrap. */
export function toUint(number: NumberValue): bigint {
  if (typeof number.value === 'bigint') return BigInt.asUintN(64, number.value);
  return BigInt.asUintN(64, truncated(number.value, -(2 ** 63), 2 ** 64) ?? 1n << 63n);
}

/** Orders two numbers in their common kind; NaN where one of them is NaN. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  const kind = commonKind(left, right);
  if (kind === 'float') return compareOf(left.toNumber(), right.toNumber());
  const convert = kind === 'int' ? toInt : toUint;
  return compareOf(convert(left), convert(right));
}

/** Reads a number the way that the reference converts strings; undefined where the text is none. */
export function parseNumber(text: string): NumberValue | undefined {
  if (text.startsWith('-')) return signed(text);
  if (/[.eE]/.test(text)) return floating(text);
  if (!/^\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < 1n << 64n ? NumberValue.uint(value) : undefined;
}

function signed(text: string): NumberValue | undefined {
  if (!/^-\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value >= -(1n << 63n) ? NumberValue.int(value) : undefined;
}

function floating(text: string): NumberValue | undefined {
  if (!/^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? NumberValue.float(value) : undefined;
}

function truncated(value: number, least: number, limit: number): bigint | undefined {
  const whole = Math.trunc(value);
  return whole >= least && whole < limit ? BigInt(whole) : undefined;
}

function compareOf<T extends number | bigint>(left: T, right: T): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left === right ? 0 : Number.NaN;
}
