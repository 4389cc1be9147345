/**
 * e^x and ln x as Go computes them on amd64, to the last bit: powers with a fraction go through both, and JavaScript's own differ in the last
 * digits from one engine to the next. For arguments as powers have them: finite, the logarithm's above zero, the result of e^x a normal number.
 */
const LN2_HIGH = 0.693147180559663;
const LN2_LOW = 2.8235290563031577e-13;

/** Of the Taylor series of (e^x - 1) / x, the highest power first. */
const TAYLOR = [
  2.48015873015873e-5, 0.0001984126984126984, 0.001388888888888889, 0.008333333333333333,
  0.041666666666666664, 0.16666666666666666, 0.5, 1,
];

/** e^x: `x` is brought near zero by whole powers of two and a division by 16, which four squarings undo. */
export function exponential(x: number): number {
  const exponent = roundToEven(x * Math.LOG2E);
  const reduced = fused(-exponent, LN2_LOW, fused(-exponent, LN2_HIGH, x)) * 0.0625;
  let less = reduced * TAYLOR.reduce((sum, coefficient) => fused(sum, reduced, coefficient));
  for (let squaring = 0; squaring < 3; squaring++) less *= less + 2;
  return fused(less, less + 2, 1) * 2 ** exponent;
}

/** Of the approximation of ln(1 + f) that msun has, odd and even terms apart, the highest first. */
const ODD = [0.14798198605116586, 0.1818357216161805, 0.2857142874366239, 0.6666666666666735];
const EVEN = [0.15313837699209373, 0.22222198432149784, 0.3999999999940942];
const LN2_UPPER = 0.6931471803691238;
const LN2_REST = 1.9082149292705877e-10;

/** ln x: `x` is a power of two times a number between the roots of a half and of two. */
export function logarithm(x: number): number {
  let [fraction, exponent] = parts(x);
  if (fraction <= Math.SQRT1_2) {
    fraction *= 2;
    exponent--;
  }
  const f = fraction - 1;
  const s = f / (2 + f);
  const square = s * s;
  const fourth = square * square;
  const horner = (sum: number, coefficient: number) => sum * fourth + coefficient;
  const rest = square * ODD.reduce(horner) + fourth * EVEN.reduce(horner);
  const half = 0.5 * f * f;
  return exponent * LN2_UPPER - (half - (s * (half + rest) + exponent * LN2_REST) - f);
}

const buffer = new DataView(new ArrayBuffer(8));

/** The fraction in [0.5, 1) and the exponent, read off the bits. */
function parts(x: number): [fraction: number, exponent: number] {
  buffer.setFloat64(0, x);
  const bits = buffer.getBigUint64(0);
  buffer.setBigUint64(0, (bits & 0xfffffffffffffn) | 0x3fe0000000000000n);
  return [buffer.getFloat64(0), Number((bits >> 52n) & 0x7ffn) - 0x3fe];
}

function roundToEven(x: number): number {
  const below = Math.floor(x);
  const over = x - below;
  return over > 0.5 || (over === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

/** a · b + c with one rounding at the end. */
function fused(a: number, b: number, c: number): number {
  if (Math.abs(a * b) <= Math.abs(c) * 2 ** -60) return c;
  const [x, xExponent] = whole(a);
  const [y, yExponent] = whole(b);
  const [z, zExponent] = whole(c);
  const exponent = Math.min(xExponent + yExponent, zExponent);
  const product = (x * y) << BigInt(xExponent + yExponent - exponent);
  return Number(product + (z << BigInt(zExponent - exponent))) * 2 ** exponent;
}

/** A number as an integer times a power of two. */
function whole(x: number): [integer: bigint, exponent: number] {
  const [fraction, exponent] = parts(Math.abs(x));
  return [BigInt(Math.sign(x) * fraction * 2 ** 53), exponent - 53];
}
