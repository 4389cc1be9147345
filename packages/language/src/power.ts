import { exponential, logarithm } from './exponential.ts';

/**
 * `x` to the power of `y` as Go's `math.Pow` has it, to the last bit: by squaring the fraction of `x` and counting its exponent apart, and
 * through logarithm and exponential for a fraction of `y`. JavaScript's own differs in the last digits.
 */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1;
  if (!Number.isFinite(x) || x === 0 || !(Math.abs(y) < 2 ** 63)) return x ** y;
  if (y === 0.5 || y === -0.5) return y > 0 ? Math.sqrt(x) : 1 / Math.sqrt(x);
  const whole = Math.round(Math.abs(y));
  const rest = Math.abs(y) - whole;
  if (rest !== 0 && x < 0) return Number.NaN;
  // A rest of exactly one half is not rounded up, as in Go.
  const half = rest === -0.5;
  const start = rest === 0 ? 1 : exponential((half ? 0.5 : rest) * logarithm(x));
  const product = powered(x, half ? whole - 1 : whole, start);
  return y < 0 ? scaled(1 / product.fraction, -product.exponent) : scaled(product.fraction, product.exponent);
}

/** A number as a fraction in [0.5, 1) and a power of two. */
interface Split {
  readonly fraction: number;
  readonly exponent: number;
}

/** Beyond this exponent the result overflows or vanishes, whatever is still to be multiplied. */
const farthest = 2 ** 12;

function powered(x: number, times: number, start: number): Split {
  let { fraction: square, exponent: squareExponent } = split(x);
  let fraction = start;
  let exponent = 0;
  for (let rest = times; rest > 0; rest = Math.floor(rest / 2)) {
    if (Math.abs(squareExponent) > farthest) return { fraction, exponent: exponent + squareExponent };
    if (rest % 2 === 1) {
      fraction *= square;
      exponent += squareExponent;
    }
    square *= square;
    squareExponent *= 2;
    if (square < 0.5) {
      square *= 2;
      squareExponent--;
    }
  }
  return { fraction, exponent };
}

function split(x: number): Split {
  let fraction = x;
  let exponent = 0;
  for (; Math.abs(fraction) >= 1; exponent++) fraction /= 2;
  for (; Math.abs(fraction) < 0.5; exponent--) fraction *= 2;
  return { fraction, exponent };
}

/** The number times a power of two, rounded once. */
function scaled(number: number, power: number): number {
  const { fraction, exponent } = split(number);
  const total = exponent + power;
  if (total > 1024) return fraction * Number.POSITIVE_INFINITY;
  if (total < -1080) return fraction * 0;
  return total > 0 ? fraction * 2 ** (total - 1) * 2 : fraction * 2 ** (total + 60) * 2 ** -60;
}
