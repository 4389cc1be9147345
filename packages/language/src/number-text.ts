import { binaryParts, type Decimal, exactDecimal, roundDecimal, shortestDecimal } from './decimal.ts';
import type { NumberValue } from './value.ts';

/** The exact decimal text of a number, never with an exponent: what a conversion to string gives. */
export function numberText(number: NumberValue): string {
  return typeof number.value === 'bigint' ? number.value.toString() : formatFloat(number.value, 'f', -1);
}

/** How a float is written: as Go's `strconv.FormatFloat`; `b` and `x` are the binary forms. */
export type FloatForm = 'e' | 'f' | 'g' | 'b' | 'x';

/** A float as Go's `strconv.FormatFloat(value, form, precision, 64)`; precision -1 is the shortest exact text. */
export function formatFloat(value: number, form: FloatForm, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + forms[form](Math.abs(value), precision);
}

const forms: Readonly<Record<FloatForm, (value: number, precision: number) => string>> = {
  e: (value, precision) => {
    const decimal = precision < 0 ? shortestDecimal(value) : roundDecimal(exactDecimal(value), precision + 1);
    return withExponent(decimal, precision < 0 ? Math.max(decimal.digits.length - 1, 0) : precision);
  },
  f: (value, precision) => {
    if (precision < 0) {
      const shortest = shortestDecimal(value);
      return withoutExponent(shortest, Math.max(shortest.digits.length - shortest.point, 0));
    }
    const exact = exactDecimal(value);
    return withoutExponent(roundDecimal(exact, exact.point + precision), precision);
  },
  g: general,
  b: (value) => {
    const { mantissa, exponent } = binaryParts(value);
    return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
  },
  x: hexadecimal,
};

/** `%e` when the exponent is below -4 or at least the precision (6 for the shortest text), else `%f`. */
function general(value: number, precision: number): string {
  const shortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const decimal = shortest ? shortestDecimal(value) : roundDecimal(exactDecimal(value), wanted);
  const length = decimal.digits.length;
  const limit = shortest ? 6 : wanted > length && length >= decimal.point ? length : wanted;
  const exponent = decimal.digits === '' ? -1 : decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    return withExponent(decimal, Math.max(length - 1, 0));
  }
  return withoutExponent(decimal, Math.max(length - decimal.point, 0));
}

function withExponent({ digits, point }: Decimal, fraction: number): string {
  const first = digits.charAt(0) || '0';
  const rest = digits.slice(1).padEnd(fraction, '0');
  const exponent = digits === '' ? 0 : point - 1;
  const mark = exponent < 0 ? '-' : '+';
  return `${first}${fraction > 0 ? `.${rest}` : ''}e${mark}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function withoutExponent({ digits, point }: Decimal, fraction: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const behind = point > 0 ? digits.slice(point) : '0'.repeat(digits === '' ? 0 : -point) + digits;
  return fraction > 0 ? `${whole}.${behind.padEnd(fraction, '0').slice(0, fraction)}` : whole;
}

function hexadecimal(value: number, precision: number): string {
  if (value === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  let { mantissa, exponent } = binaryParts(value);
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  let power = exponent + 52;
  let digits = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  if (precision < 0) digits = digits.replace(/0+$/, '');
  else if (precision < 13) {
    const shift = BigInt(4 * (13 - precision));
    const half = 1n << (shift - 1n);
    const kept = mantissa >> shift;
    const rest = mantissa & ((1n << shift) - 1n);
    const rounded = rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept;
    if (rounded >> BigInt(4 * precision) > 1n) power++;
    digits = (rounded & ((1n << BigInt(4 * precision)) - 1n))
      .toString(16)
      .padStart(precision, '0')
      .slice(0, precision);
  } else digits = digits.padEnd(precision, '0');
  const mark = power < 0 ? '-' : '+';
  return `0x1${digits === '' ? '' : `.${digits}`}p${mark}${String(Math.abs(power)).padStart(2, '0')}`;
}
