import type { Binary, BinaryOperator, Expression } from './tree.ts';

/** How strongly a binary operator binds; unary operators bind more strongly than any of them. */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};

/** An operator with its place and the operand on its right. */
export interface Operation {
  readonly operator: BinaryOperator;
  readonly start: number;
  readonly end: number;
  readonly right: Expression;
}

/** Makes a tree of a flat row of operands: by precedence, to the left, `^` to the right. */
export function foldBinary(first: Expression, operations: readonly Operation[]): Expression {
  const operands = [first];
  const waiting: Operation[] = [];
  for (const operation of operations) {
    while (bindsFirst(waiting.at(-1), operation)) reduce(operands, waiting);
    waiting.push(operation);
    operands.push(operation.right);
  }
  while (waiting.length > 0) reduce(operands, waiting);
  return operands[0] ?? first;
}

function bindsFirst(left: Operation | undefined, right: Operation): boolean {
  if (left === undefined) return false;
  const difference = precedence[left.operator] - precedence[right.operator];
  return difference > 0 || (difference === 0 && left.operator !== '^');
}

function reduce(operands: Expression[], waiting: Operation[]): void {
  const operation = waiting.pop();
  const right = operands.pop();
  const left = operands.pop();
  if (operation !== undefined && left !== undefined && right !== undefined)
    operands.push(binary(left, operation, right));
}

function binary(left: Expression, { operator, start, end }: Operation, right: Expression): Binary {
  const range = { start: left.range.start, end: right.range.end };
  return { kind: 'binary', operator, operatorRange: { start, end }, left, right, range };
}
