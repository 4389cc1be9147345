import { RE2JS } from 're2js';
import { calculate } from '../arithmetic.ts';
import { equal } from '../equal.ts';
import { compareNumbers } from '../numbers.ts';
import { bytesFromText, compareText, joinText } from '../text.ts';
import { isArray, NumberValue, ObjectValue, type Value } from '../value.ts';
import { compile } from './json-path-test.ts';
import type { Path, Test, TestLiteral } from './json-path-tree.ts';

/** What a part of a condition gives; undefined is nothing at all, which is not null. */
type Operand = Value | RE2JS | undefined;

/** Finds the values of a path that stands in a condition. */
type Find = (path: Path) => readonly Value[];

/** Whether a condition holds. A path with several values stands for each of them: one that fits is enough. */
export function holds(test: Test, find: Find): boolean {
  const found = new Map<Test, readonly Value[]>();
  collect(test, find, found);
  const several = [...found].filter(([, values]) => values.length > 1);
  const choices = several.reduce((product, [, values]) => product * values.length, 1);
  for (let choice = 0; choice < choices; choice++) {
    const chosen = new Map<Test, Value | undefined>([...found].map(([path, values]) => [path, values[0]]));
    let rest = choice;
    for (const [path, values] of several) {
      chosen.set(path, values[rest % values.length]);
      rest = Math.floor(rest / values.length);
    }
    if (truth(test, new Condition(chosen, find))) return true;
  }
  return false;
}

function collect(test: Test, find: Find, found: Map<Test, readonly Value[]>): void {
  if (test.kind === 'path') found.set(test, find(test.path));
  if (test.kind === 'list') for (const item of test.items) collect(item, find, found);
  if (test.kind === 'not' || test.kind === 'group') collect(test.operand, find, found);
  if (test.kind === 'call' && test.name === 'count') return;
  if (test.kind === 'call' || test.kind === 'operation') {
    collect(test.left, find, found);
    if (test.right !== undefined) collect(test.right, find, found);
  }
}

/** A path is true when it finds something, whatever that is; all else when it is `true`. */
function truth(test: Test, condition: Condition): boolean {
  const value = condition.evaluate(test);
  return test.kind === 'path' ? value !== undefined : value === true;
}

class Condition {
  readonly #chosen: ReadonlyMap<Test, Value | undefined>;
  readonly #find: Find;

  constructor(chosen: ReadonlyMap<Test, Value | undefined>, find: Find) {
    this.#chosen = chosen;
    this.#find = find;
  }

  evaluate(test: Test): Operand {
    switch (test.kind) {
      case 'path':
        return this.#chosen.get(test);
      case 'literal':
        return literal(test.value);
      case 'list':
        return test.items.map((item) => this.evaluate(item)).filter(isValue);
      case 'group':
        return this.evaluate(test.operand);
      case 'not':
        return !truth(test.operand, this);
      case 'call':
        return this.#call(test);
      case 'operation':
        return this.#operation(test);
    }
  }

  #call({ name, left, right }: Extract<Test, { kind: 'call' }>): Operand {
    if (name === 'count') {
      return left.kind === 'path' ? NumberValue.int(this.#find(left.path).length) : undefined;
    }
    const subject = this.evaluate(left);
    if (name === 'length') return lengthOf(subject);
    const pattern = right === undefined ? undefined : this.evaluate(right);
    if (typeof subject !== 'string' || typeof pattern !== 'string' || pattern === '') return undefined;
    return compile(name === 'match' ? anchored(pattern) : pattern)
      ?.matcher(subject)
      .find();
  }

  #operation({ operator, left, right }: Extract<Test, { kind: 'operation' }>): Operand {
    if (operator === '&&') return truth(left, this) && truth(right, this);
    if (operator === '||') return truth(left, this) || truth(right, this);
    return operations[operator]?.(this.evaluate(left), this.evaluate(right));
  }
}

function literal(value: TestLiteral): Operand {
  if (typeof value === 'bigint') return NumberValue.int(value);
  return typeof value === 'number' ? NumberValue.float(value) : value;
}

function isValue(operand: Operand): operand is Value {
  return operand !== undefined && !(operand instanceof RE2JS);
}

/** The length of a text is that of its bytes. */
function lengthOf(value: Operand): Operand {
  if (typeof value === 'string') return NumberValue.int(bytesFromText(value).length);
  const size = sizeOf(value);
  return size === undefined ? undefined : NumberValue.int(size);
}

function sizeOf(value: Operand): number | undefined {
  if (typeof value === 'string') return value.length;
  if (value instanceof ObjectValue) return value.entries.size;
  return isValue(value) && isArray(value) ? value.length : undefined;
}

function anchored(pattern: string): string {
  return `${pattern.startsWith('^') ? '' : '^'}${pattern}${pattern.endsWith('$') ? '' : '$'}`;
}

type Operation = (left: Operand, right: Operand) => Operand;

/** Lists and objects are never the same as anything, and nothing is the same as nothing. */
function same(left: Operand, right: Operand): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (!isValue(left) || !isValue(right) || isArray(left) || left instanceof ObjectValue) return false;
  return equal(left, right);
}

const ordered =
  (accepts: (difference: number) => boolean): Operation =>
  (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return accepts(compareText(left, right));
    const numbers = left instanceof NumberValue && right instanceof NumberValue;
    return numbers && accepts(compareNumbers(left, right));
  };

const arithmetic =
  (operator: '+' | '-' | '*' | '/'): Operation =>
  (left, right) => {
    if (operator === '+' && typeof left === 'string' && typeof right === 'string')
      return joinText(left, right);
    if (!(left instanceof NumberValue) || !(right instanceof NumberValue)) return undefined;
    if (operator === '/' && right.toNumber() === 0) return undefined;
    return calculate(operator, left, right);
  };

const exists: Operation = (left, right) => typeof right === 'boolean' && (left !== undefined) === right;

const matches: Operation = (left, right) => {
  if (typeof left !== 'string') return false;
  const pattern = typeof right === 'string' ? compile(right) : right;
  return pattern instanceof RE2JS && pattern.matcher(left).find();
};

const operations: Readonly<Record<string, Operation>> = {
  '==': same,
  '!=': (left, right) => !same(left, right),
  '<': ordered((difference) => difference < 0),
  '<=': ordered((difference) => difference <= 0),
  '>': ordered((difference) => difference > 0),
  '>=': ordered((difference) => difference >= 0),
  '+': arithmetic('+'),
  '-': arithmetic('-'),
  '*': arithmetic('*'),
  '/': arithmetic('/'),
  in: (left, right) => isValue(right) && isArray(right) && right.some((item) => same(left, item)),
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
  has: exists,
  exists,
  '=~': matches,
  '~=': matches,
};
