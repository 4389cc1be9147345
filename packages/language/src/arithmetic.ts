import { EvaluationError } from './error.ts';
import { commonKind, toInt, toUint } from './numbers.ts';
import { power } from './power.ts';
import { NumberValue } from './value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';

/**
 * Arithmetic of the reference: both numbers meet in one kind, integers wrap in 64 bits and division cuts
 * fractions off. Throws {@link EvaluationError} on a division by zero.
 */
export function calculate(operator: ArithmeticOperator, left: NumberValue, right: NumberValue): NumberValue {
  if ((operator === '/' || operator === '%') && right.toNumber() === 0) {
    throw new EvaluationError('E0306', 'division by zero');
  }
  const kind = commonKind(left, right);
  if (kind === 'float') return NumberValue.float(floats[operator](left.toNumber(), right.toNumber()));
  if (kind === 'int') return NumberValue.int(integers[operator](toInt(left), toInt(right)));
  return NumberValue.uint(integers[operator](toUint(left), toUint(right)));
}

const floats: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': power,
};

const integers: Readonly<Record<ArithmeticOperator, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': integerPower,
};

/** Wraps at each step, so that no power grows past 64 bits; a negative exponent gives the base, as measured. */
function integerPower(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n || base === 1n) return 1n;
  if (exponent < 0n) return base;
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asUintN(64, result * square);
    square = BigInt.asUintN(64, square * square);
  }
  return result;
}
