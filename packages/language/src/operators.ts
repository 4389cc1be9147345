import type { BinaryOperator, UnaryOperator } from '@pewter/syntax';
import { type ArithmeticOperator, calculate } from './arithmetic.ts';
import { equal } from './equal.ts';
import { EvaluationError } from './error.ts';
import { Hole } from './hole.ts';
import { compareNumbers, toInt } from './numbers.ts';
import { printShort } from './print.ts';
import { Secret } from './secret.ts';
import { derivedSecret, optionalSecretKind, secretKind, secretOf } from './secret-kinds.ts';
import { listed } from './suggest.ts';
import { compareText, joinText } from './text.ts';
import type { Type } from './type.ts';
import { typeOf } from './type-name.ts';
import { Capsule, NumberValue, type TypeName, type Value } from './value.ts';

/** Which operand an operator's error is about. */
export type Side = 'left' | 'right';

/** An error of an operator, which knows its operand but not where that stands. */
export class OperandError extends EvaluationError {
  readonly side: Side;

  constructor(side: Side, error: EvaluationError) {
    super(error.code, error.message, error.hint === undefined ? {} : { hint: error.hint });
    this.side = side;
  }
}

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

function isDerived(value: Value): boolean {
  return secretOf(value)?.exposure === 'derived';
}

function plainIfDerived(value: Value): Value {
  const secret = secretOf(value);
  return secret?.exposure === 'derived' ? secret.reveal() : value;
}

/** Brings secrets and strings to one type: a secret wins over an optional one, which wins over a string. */
function unwrap(left: Value, right: Value): readonly [Value, Value] {
  const a = secretOf(left);
  const b = secretOf(right);
  if (a === undefined && b === undefined) return [left, right];
  if (isSecretKind(left) || isSecretKind(right)) return [asSecret(left), asSecret(right)];
  if (typeof left === 'string' && b !== undefined) return unwrapString(left, right, b);
  if (typeof right === 'string' && a !== undefined) {
    const [second, first] = unwrapString(right, left, a);
    return [first, second];
  }
  return [left, right];
}

function unwrapString(text: string, other: Value, secret: Secret): readonly [Value, Value] {
  if (secret.exposure === 'readable') return [text, secret.reveal()];
  return [new Capsule(optionalSecretKind, new Secret(text)), other];
}

function isSecretKind(value: Value): boolean {
  return value instanceof Capsule && value.kind.name === secretKind.name;
}

function asSecret(value: Value): Value {
  if (typeof value === 'string') return new Capsule(secretKind, new Secret(value));
  const secret = secretOf(value);
  return secret === undefined ? value : new Capsule(secretKind, new Secret(secret.reveal()));
}

function joinSecrets(left: Capsule, right: Capsule): Value {
  const a = secretOf(left);
  const b = secretOf(right);
  if (a === undefined || b === undefined) {
    throw operandError(a === undefined ? 'left' : 'right', '+', a === undefined ? left : right, [
      'number',
      'string',
    ]);
  }
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
    if (name !== 'unknown' && !allowed.includes(name)) throw operandError(side, operator, value, allowed);
  }
  const a = typeOf(left);
  const b = typeOf(right);
  const open = left instanceof Hole || right instanceof Hole;
  const secretAndText = open && [a, b].includes('capsule') && [a, b].includes('string');
  if (a === b || a === 'unknown' || b === 'unknown' || secretAndText) return;
  throw mismatch(operator, left, right);
}

function operandError(
  side: Side,
  operator: string,
  value: Value,
  allowed: readonly TypeName[],
): OperandError {
  const names = allowed.filter((name) => name !== 'capsule').map(withArticle);
  const wanted = names.join(' or ');
  const message = `\`${operator}\` needs ${wanted}, but ${printShort(value)} is ${withArticle(typeOf(value))}`;
  const hint =
    typeOf(value) === 'array' && operator === '+' ? 'join lists with `array.concat(…)`' : undefined;
  return new OperandError(side, new EvaluationError('E0305', message, hint === undefined ? {} : { hint }));
}

function mismatch(operator: string, left: Value, right: Value): OperandError {
  const [a, b] = [typeOf(left), typeOf(right)];
  const message = `\`${operator}\` needs two operands of one type, but has ${withArticle(a)} and ${withArticle(b)}`;
  const pair = listed([a, b]);
  const hint =
    pair.includes('string') && pair.includes('number')
      ? { hint: 'make a string of the number with `string.format("%v", …)`' }
      : {};
  return new OperandError('right', new EvaluationError('E0305', message, hint));
}

function withArticle(name: TypeName): string {
  if (name === 'null' || name === 'unknown') return name;
  return name === 'array' || name === 'object' ? `an ${name}` : `a ${name}`;
}

function unknownResult(operator: BinaryOperator, left: Value, right: Value): Hole {
  if (operator === '+') return new Hole(sumType(left, right));
  return new Hole(accepts[operator] === arithmetic ? 'number' : 'bool');
}

/** The sum of an unknown value and a string may be a secret, so only numbers and two strings are sure. */
function sumType(left: Value, right: Value): Type | undefined {
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
