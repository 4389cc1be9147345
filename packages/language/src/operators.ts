import type { BinaryOperator, UnaryOperator } from '@pewter/syntax';
import { type ArithmeticOperator, calculate } from './arithmetic.ts';
import { equal } from './equal.ts';
import { EvaluationError } from './error.ts';
import { Hole } from './hole.ts';
import { compareNumbers, toInt } from './numbers.ts';
import { mismatch, OperandError, operandError, withArticle } from './operand-error.ts';
import { printShort } from './print.ts';
import { Secret } from './secret.ts';
import { derivedSecret, optionalSecretKind, secretKind, secretOf } from './secret-kinds.ts';
import { isDerived, isSecretKind, plainIfDerived, unwrap } from './secret-operands.ts';
import { compareText, joinText } from './text.ts';
import type { Type } from './type.ts';
import { typeOf } from './type-name.ts';
import { Capsule, NumberValue, type TypeName, type Value } from './value.ts';

const logical: readonly TypeName[] = ['bool'];
const arithmetic: readonly TypeName[] = ['number'];
const ordered: readonly TypeName[] = ['number', 'string'];

const accepts: Readonly<Partial<Record<BinaryOperator, readonly TypeName[]>>> = {
  '||': logical,
  '&&': logical,
  '+': ['number', 'string', 'capsule'],
  '-': arithmetic,
  '*': arithmetic,
  '/': arithmetic,
  '%': arithmetic,
  '^': arithmetic,
  '<': ordered,
  '<=': ordered,
  '>': ordered,
  '>=': ordered,
};

/** Applies a unary operator. Throws {@link EvaluationError}. */
export function applyUnary(operator: UnaryOperator, operand: Value): Value {
  const wanted = operator === '!' ? 'bool' : 'number';
  const given = typeOf(operand);
  if (given !== wanted && given !== 'unknown') {
    const message = `\`${operator}\` needs a ${wanted}, but ${printShort(operand)} is ${withArticle(given)}`;
    throw new EvaluationError('E0305', message);
  }
  if (operand instanceof Hole) return new Hole(wanted);
  if (operand instanceof NumberValue) return negate(operand);
  return operand !== true;
}

/** Applies a binary operator to two values, both evaluated. Throws {@link OperandError}. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const derived = isDerived(left) || isDerived(right);
  const [a, b] = unwrap(plainIfDerived(left), plainIfDerived(right));
  if (operator === '==' || operator === '!=') return equality(operator, a, b);
  checkOperands(operator, a, b);
  if (a instanceof Hole || b instanceof Hole) return unknownResult(operator, a, b);
  if (operator === '&&') return a === true && b === true;
  if (operator === '||') return a === true || b === true;
  if (isOrdering(operator)) return holds(operator, order(a, b));
  if (typeof a === 'string' && typeof b === 'string') {
    return derived ? derivedSecret(joinText(a, b)) : joinText(a, b);
  }
  if (a instanceof Capsule && b instanceof Capsule) return joinSecrets(a, b);
  return arithmeticResult(operator, a, b);
}

function negate(operand: NumberValue): NumberValue {
  if (typeof operand.value === 'number') return NumberValue.float(-operand.value);
  return NumberValue.int(-toInt(operand));
}

/** Behind a secret the reference takes any other capsule for an empty text. */
function joinSecrets(left: Capsule, right: Capsule): Value {
  const a = secretOf(left);
  const b = secretOf(right) ?? new Secret('', 'readable');
  if (a === undefined) throw operandError('left', '+', left, ['number', 'string']);
  const readable = a.exposure === 'readable' && b.exposure === 'readable';
  const joined = new Secret(joinText(a.reveal(), b.reveal()), readable ? 'readable' : 'hidden');
  return new Capsule(isSecretKind(left) ? secretKind : optionalSecretKind, joined);
}

function equality(operator: '==' | '!=', left: Value, right: Value): Value {
  if (left instanceof Hole || right instanceof Hole) return new Hole('bool');
  return equal(left, right) === (operator === '==');
}

function checkOperands(operator: BinaryOperator, left: Value, right: Value): void {
  const allowed = accepts[operator] ?? [];
  for (const [side, value] of [
    ['left', left],
    ['right', right],
  ] as const) {
    const name = typeOf(value);
    const refused = name !== 'unknown' && !allowed.includes(name);
    if (refused || isForeignCapsule(value)) throw operandError(side, operator, value, allowed);
  }
  const a = typeOf(left);
  const b = typeOf(right);
  const open = left instanceof Hole || right instanceof Hole;
  const secretAndText = open && [a, b].includes('capsule') && [a, b].includes('string');
  if (a === b || a === 'unknown' || b === 'unknown' || secretAndText) return;
  throw mismatch(operator, left, right);
}

/** A capsule to come that is no secret, as a receiver: no operator but those for equality takes one. */
function isForeignCapsule(value: Value): boolean {
  return value instanceof Hole && typeof value.type === 'object' && 'capsule' in value.type;
}

function unknownResult(operator: BinaryOperator, left: Value, right: Value): Hole {
  if (operator === '+') return new Hole(sumType(left, right));
  return new Hole(accepts[operator] === arithmetic ? 'number' : 'bool');
}

/** The sum with a secret is one; that of an unknown value and a string may be one, so only numbers and two strings are sure. */
function sumType(left: Value, right: Value): Type | undefined {
  if ([left, right].some((one) => one instanceof Hole && one.type === 'secret')) return 'secret';
  const names = [typeOf(left), typeOf(right)];
  if (names.includes('number')) return 'number';
  return names.every((name) => name === 'string') ? 'string' : undefined;
}

type Ordering = '<' | '<=' | '>' | '>=';

function isOrdering(operator: BinaryOperator): operator is Ordering {
  return accepts[operator] === ordered;
}

function order(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (left instanceof NumberValue && right instanceof NumberValue) return compareNumbers(left, right);
  return Number.NaN;
}

function holds(operator: Ordering, difference: number): boolean {
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference >= 0;
}

function arithmeticResult(operator: BinaryOperator, left: Value, right: Value): Value {
  if (!(left instanceof NumberValue) || !(right instanceof NumberValue))
    throw mismatch(operator, left, right);
  try {
    return calculate(operator as ArithmeticOperator, left, right);
  } catch (error) {
    throw error instanceof EvaluationError ? new OperandError('right', error) : error;
  }
}
