import { containsHole } from '../contains-hole.ts';
import { equal } from '../equal.ts';
import { ArgumentError } from '../error.ts';
import { Hole } from '../hole.ts';
import type { Type } from '../type.ts';
import { typeOf } from '../type-name.ts';
import { asObject, FunctionValue, isArray, NumberValue, ObjectValue, type Value } from '../value.ts';
import { checkCount, wrongArgument } from './builtin.ts';

/** All elements of all lists, in order. One list alone is given back as it is, so its identity stays. */
export const concat = new FunctionValue('array.concat', (args) => {
  const lists = args.map((value, index) => listArgument('array.concat', value, index));
  if (lists.some((list) => list instanceof Hole)) return new Hole({ list: commonElement(args) });
  const [only] = lists;
  return lists.length === 1 && only !== undefined ? only : lists.filter(isArray).flat(1);
});

/** Joins two lists of objects on the fields named by the third argument; fields of the right list win. */
export const combineMaps = new FunctionValue('array.combine_maps', (args) => {
  const name = 'array.combine_maps';
  checkCount(name, args.length, 3, false, 4);
  const [first = null, second = null, third = null, keep = args.length === 4 ? null : false] = args;
  const left = listArgument(name, first, 0);
  const lefts = left instanceof Hole ? [] : objectsOf(name, left, 0);
  const right = listArgument(name, second, 1);
  const rights = right instanceof Hole ? [] : objectsOf(name, right, 1);
  const keys = joinKeys(name, third);
  if (typeof keep !== 'boolean' && !(keep instanceof Hole)) throw wrongArgument(name, 3, 'a bool', keep);
  if (args.some(containsHole) || left instanceof Hole) return new Hole({ list: { map: 'any' } });
  return lefts.flatMap((object, at) =>
    rights.flatMap((other) => {
      if (sameUnder(name, keys, object, other)) {
        return [new ObjectValue([...object.entries, ...other.entries])];
      }
      return keep === true ? [left[at] ?? null] : [];
    }),
  );
});

/** Groups a list of objects by the string in a field: a list of objects with that field and `items`. */
export const groupBy = new FunctionValue('array.group_by', (args) => {
  const name = 'array.group_by';
  checkCount(name, args.length, 3, false);
  const [first = null, key = null, drop = null] = args;
  const list = listArgument(name, first, 0);
  if (typeof key !== 'string' && !(key instanceof Hole)) throw wrongArgument(name, 1, 'a string', key);
  if (typeof drop !== 'boolean' && !(drop instanceof Hole)) throw wrongArgument(name, 2, 'a bool', drop);
  if (list instanceof Hole || key instanceof Hole || drop instanceof Hole) {
    return new Hole({ list: { map: 'any' } });
  }
  const objects = objectsOf(name, list, 0);
  if (containsHole(list)) return new Hole({ list: { map: 'any' } });
  const groups = Map.groupBy(objects, (object, at) => groupOf(name, object, key, drop, at));
  groups.delete(undefined);
  return Array.from(
    groups,
    ([value, items]) =>
      new ObjectValue([
        [key, value ?? ''],
        ['items', items],
      ]),
  );
});

/** The group of an object: undefined when it is dropped. */
function groupOf(
  name: string,
  object: ObjectValue,
  key: string,
  drop: boolean,
  at: number,
): string | undefined {
  const value = object.get(key);
  if (value === undefined) return drop ? undefined : '';
  if (typeof value === 'string') return value;
  const { code, message } = wrongArgument(name, 0, `a list whose field \`${key}\` is a string`, value);
  throw new ArgumentError(0, code, message, { element: at, field: key });
}

function listArgument(name: string, value: Value, index: number): readonly Value[] | Hole {
  if (isArray(value)) return value;
  if (value instanceof Hole && (typeOf(value) === 'array' || typeOf(value) === 'unknown')) return value;
  throw wrongArgument(name, index, 'a list', value);
}

function objectsOf(name: string, list: readonly Value[], index: number): ObjectValue[] {
  return list.map((element, at) => {
    const object = asObject(element);
    if (object !== undefined) return object;
    if (element instanceof Hole && ['object', 'capsule', 'unknown'].includes(typeOf(element)))
      return new ObjectValue([]);
    throw wrongArgument(name, index, 'a list of objects', element, at);
  });
}

function joinKeys(name: string, value: Value): readonly Value[] {
  const list = listArgument(name, value, 2);
  if (list instanceof Hole) return [];
  if (list.length > 0) return list;
  throw new ArgumentError(2, 'E0309', `argument 3 of \`${name}\` names no field to join on`);
}

/** A key is looked at when it is needed, as in the reference: with nothing to join, and behind a key that parts two objects, any will do. */
function sameUnder(name: string, keys: readonly Value[], left: ObjectValue, right: ObjectValue): boolean {
  return keys.every((key, at) => {
    if (typeof key !== 'string') throw wrongArgument(name, 2, 'a list of strings', key, at);
    const a = left.get(key);
    const b = right.get(key);
    return a !== undefined && b !== undefined && identical(key, a, b);
  });
}

/** Equality without conversion: 1 and 1.0 differ. The reference crashes on lists and objects here. */
function identical(key: string, left: Value, right: Value): boolean {
  if (typeOf(left) !== typeOf(right)) return false;
  const name = typeOf(left);
  if (name === 'array' || name === 'object' || name === 'function') {
    const message = `\`array.combine_maps\` cannot join on the field \`${key}\`, which holds ${name === 'function' ? 'a' : 'an'} ${name}`;
    throw new ArgumentError(0, 'E0309', message, { hint: 'join on fields with strings, numbers or bools' });
  }
  if (left instanceof NumberValue && right instanceof NumberValue && left.kind !== right.kind) return false;
  return equal(left, right);
}

/** The element type of a concatenation with holes, where all its parts agree on one. */
function commonElement(args: readonly Value[]): Type {
  const types = args.map((value) => {
    if (value instanceof Hole)
      return typeof value.type === 'object' && 'list' in value.type ? value.type.list : 'any';
    return isArray(value) && value.length === 0 ? undefined : 'any';
  });
  const given = types.filter((type) => type !== undefined);
  const [first = 'any'] = given;
  return given.every((type) => sameType(type, first)) ? first : 'any';
}

function sameType(a: Type, b: Type): boolean {
  if (typeof a === 'object' && 'capsule' in a) {
    return typeof b === 'object' && 'capsule' in b && a.capsule.name === b.capsule.name;
  }
  return a === b;
}
