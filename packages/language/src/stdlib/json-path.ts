import { isArray, ObjectValue, type Value } from '../value.ts';
import { parseJson } from './json.ts';
import { holds } from './json-path-filter.ts';
import { parseJsonPath } from './json-path-parse.ts';
import type { Path, Step } from './json-path-tree.ts';

/** All values of a JSON text that a path finds. Throws {@link EvaluationError} where text or path cannot be read. */
export function jsonPath(text: string, path: string): readonly Value[] {
  const steps = parseJsonPath(path);
  const root = text.trim() === '' ? null : parseJson(text, 'exact');
  return steps.length === 0 ? [] : follow(steps, root, root);
}

function follow(path: Path, current: Value, root: Value): readonly Value[] {
  const last = path.length - 1;
  return path.reduce<readonly Value[]>(
    (found, step, at) => found.flatMap((value) => take(step, value, root, at === last)),
    [current],
  );
}

function take(step: Step, value: Value, root: Value, last: boolean): readonly Value[] {
  switch (step.kind) {
    case 'root':
      return [root];
    case 'current':
      return [value];
    case 'wildcard':
      return children(value);
    case 'descent':
      return last ? [...below(value), value] : descend(value);
    case 'keys':
      return step.keys.flatMap((key) => child(value, key));
    case 'slice':
      return isArray(value) ? slice(value, step) : [];
    case 'filter':
      return children(value).filter((item) => holds(step.test, (path) => follow(path, item, root)));
  }
}

function children(value: Value): readonly Value[] {
  if (isArray(value)) return value;
  return value instanceof ObjectValue ? [...value.entries.values()] : [];
}

/** All that is inside a value, outer ones first: what a path that ends in `..` finds. */
function below(value: Value): readonly Value[] {
  return [...children(value), ...children(value).flatMap(below)];
}

/** The value and all inside it, inner ones first: what the step behind `..` is applied to. */
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

function slice(list: readonly Value[], { start, end, step }: Extract<Step, { kind: 'slice' }>): Value[] {
  const size = list.length;
  const from = start < 0 ? Math.max(start + size, 0) : start;
  const to = Math.min(end < 0 ? end + size : end, size);
  if (step === 0 || from >= size) return [];
  const found: Value[] = [];
  const stop = step > 0 ? to : Math.max(to, -1);
  for (let at = from; step > 0 ? at < stop : at > stop; at += step) {
    const item = list[at];
    if (item !== undefined) found.push(item);
  }
  return found;
}
