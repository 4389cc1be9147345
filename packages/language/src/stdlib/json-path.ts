import { RE2JS } from 're2js';
import { equal } from '../equal.ts';
import { EvaluationError } from '../error.ts';
import { compareNumbers } from '../numbers.ts';
import { compareText } from '../text.ts';
import { isArray, NumberValue, ObjectValue, type Value } from '../value.ts';
import { parseJson } from './json.ts';
import { parseJsonPath } from './json-path-parse.ts';
import type { Path, Step, Test } from './json-path-tree.ts';

/** All values of a JSON text that a path finds. Throws {@link EvaluationError} where text or path cannot be read. */
export function jsonPath(text: string, path: string): readonly Value[] {
  const steps = parseJsonPath(path);
  const root = text.trim() === '' ? null : parseJson(text, 'exact');
  return steps.length === 0 ? [] : follow(steps, root, root);
}

function follow(path: Path, current: Value, root: Value): readonly Value[] {
  return path.reduce<readonly Value[]>(
    (found, step) => found.flatMap((value) => take(step, value, root)),
    [current],
  );
}

function take(step: Step, value: Value, root: Value): readonly Value[] {
  switch (step.kind) {
    case 'root':
      return [root];
    case 'current':
      return [value];
    case 'wildcard':
      return children(value);
    case 'descent':
      return descend(value);
    case 'keys':
      return step.keys.flatMap((key) => child(value, key));
    case 'slice':
      return isArray(value) ? slice(value, step.start, step.end, step.step) : [];
    case 'filter':
      return children(value).filter((item) => truth(evaluateTest(step.test, item, root)));
  }
}

function children(value: Value): readonly Value[] {
  if (isArray(value)) return value;
  return value instanceof ObjectValue ? [...value.entries.values()] : [];
}

/** The value and all inside it, inner ones first. */
function descend(value: Value): readonly Value[] {
  return [...children(value).flatMap(descend), value];
}

function child(value: Value, key: string | number): readonly Value[] {
  const found = typeof key === 'string' ? byName(value, key) : byPosition(value, key);
  return found === undefined ? [] : [found];
}

function byName(value: Value, key: string): Value | undefined {
  return value instanceof ObjectValue ? value.get(key) : undefined;
}

function byPosition(value: Value, at: number): Value | undefined {
  return isArray(value) ? value.at(at) : undefined;
}

function slice(
  list: readonly Value[],
  start: number | undefined,
  end: number | undefined,
  step: number,
): Value[] {
  if (step === 0) return [];
  const size = list.length;
  const from = position(start ?? (step > 0 ? 0 : size - 1), size);
  const to = end === undefined ? (step > 0 ? size : -1) : position(end, size);
  const found: Value[] = [];
  for (let at = from; step > 0 ? at < Math.min(to, size) : at > to; at += step) {
    const item = list[at];
    if (item !== undefined) found.push(item);
  }
  return found;
}

function position(at: number, size: number): number {
  return at < 0 ? at + size : at;
}

function evaluateTest(test: Test, current: Value, root: Value): Value | undefined {
  switch (test.kind) {
    case 'path':
      return follow(test.path, current, root)[0];
    case 'literal':
      return typeof test.value === 'number' ? NumberValue.float(test.value) : test.value;
    case 'list':
      return test.items.map((item) => evaluateTest(item, current, root) ?? null);
    case 'not':
      return !truth(evaluateTest(test.operand, current, root));
    case 'operation': {
      const left = evaluateTest(test.left, current, root);
      const right = evaluateTest(test.right, current, root);
      return operations[test.operator]?.(left, right) ?? false;
    }
  }
}

/** A bare path is true when it finds something that is not false. */
function truth(value: Value | undefined): boolean {
  return value !== undefined && value !== false;
}

type Operation = (left: Value | undefined, right: Value | undefined) => boolean;

const same: Operation = (left, right) => equal(left ?? null, right ?? null);
const compared =
  (holds: (difference: number) => boolean): Operation =>
  (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return holds(compareText(left, right));
    const numbers = left instanceof NumberValue && right instanceof NumberValue;
    return numbers && holds(compareNumbers(left, right));
  };

const operations: Readonly<Record<string, Operation>> = {
  '==': same,
  '!=': (left, right) => !same(left, right),
  '<': compared((difference) => difference < 0),
  '<=': compared((difference) => difference <= 0),
  '>': compared((difference) => difference > 0),
  '>=': compared((difference) => difference >= 0),
  '&&': (left, right) => truth(left) && truth(right),
  '||': (left, right) => truth(left) || truth(right),
  in: (left, right) => right !== undefined && isArray(right) && right.some((item) => same(left, item)),
  empty: (left, right) => (left !== undefined && children(left).length === 0) === (right === true),
  has: (left, right) => (left !== undefined) === (right === true),
  exists: (left, right) => (left !== undefined) === (right === true),
  '=~': matches,
  '~=': matches,
};

function matches(left: Value | undefined, right: Value | undefined): boolean {
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  try {
    return RE2JS.compile(right).matcher(left).find();
  } catch (error) {
    throw new EvaluationError('E0310', `\`${right}\` is no regular expression`, { cause: error });
  }
}
