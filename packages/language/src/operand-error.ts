import { EvaluationError } from './error.ts';
import { printShort } from './print.ts';
import { listed } from './suggest.ts';
import { typeOf } from './type-name.ts';
import type { TypeName, Value } from './value.ts';

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

/** An operand has a type that the operator does not take. */
export function operandError(
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

/** Two operands are of types that do not go together. */
export function mismatch(operator: string, left: Value, right: Value): OperandError {
  const [a, b] = [typeOf(left), typeOf(right)];
  const message = `\`${operator}\` needs two operands of one type, but has ${withArticle(a)} and ${withArticle(b)}`;
  const pair = listed([a, b]);
  const hint =
    pair.includes('string') && pair.includes('number')
      ? { hint: 'make a string of the number with `string.format("%v", …)`' }
      : {};
  return new OperandError('right', new EvaluationError('E0305', message, hint));
}

/** `a string`, `an array`, `null`. */
export function withArticle(name: TypeName): string {
  if (name === 'null' || name === 'unknown') return name;
  return name === 'array' || name === 'object' ? `an ${name}` : `a ${name}`;
}
