/** The decimal digits of a finite number without leading or trailing zeros: 0.digits × 10^point. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** The fewest digits that name this number and no other. */
export function shortestDecimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return { digits, point: digits === '' ? 0 : Number(exponent) + 1 };
}

/** All digits of the number: every double is a finite decimal. */
export function exactDecimal(value: number): Decimal {
  const { mantissa, exponent } = binaryParts(Math.abs(value));
  const scaled = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent);
  const all = scaled.toString();
  const digits = all.replace(/0+$/, '');
  return { digits, point: digits === '' ? 0 : all.length + Math.min(exponent, 0) };
}

/** Mantissa and exponent such that the number is mantissa × 2^exponent. */
export function binaryParts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** The first `count` digits, halves rounded to even as Go does. */
export function roundDecimal(decimal: Decimal, count: number): Decimal {
  if (count >= decimal.digits.length) return decimal;
  if (count < 0) return { digits: '', point: 0 };
  const kept = decimal.digits.slice(0, count);
  if (!roundsUp(decimal.digits, count)) return trimmed(kept, decimal.point);
  const raised = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0');
  return trimmed(raised, decimal.point + raised.length - count);
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charAt(count);
  if (next !== '5' || count + 1 < digits.length) return next >= '5';
  return count > 0 && Number(digits.charAt(count - 1)) % 2 === 1;
}

function trimmed(digits: string, point: number): Decimal {
  const short = digits.replace(/0+$/, '');
  return { digits: short, point: short === '' ? 0 : point };
}
