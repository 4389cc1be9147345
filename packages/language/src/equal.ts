import { compareNumbers } from './numbers.ts';
import { Capsule, isArray, NumberValue, ObjectValue, type Value } from './value.ts';

/**
 * Deep equality as the language's `==` has it: numbers of different kinds can be equal, functions and holes
 * never are, capsules are when their kind says so. An array is equal to itself without a look inside, so an
 * export that did not change is recognised at once, however long it is.
 */
export function equal(left: Value, right: Value): boolean {
  if (isArray(left)) return isArray(right) && (left === right || equalArrays(left, right));
  if (left instanceof NumberValue) {
    return right instanceof NumberValue && compareNumbers(left, right) === 0;
  }
  if (left instanceof ObjectValue) return right instanceof ObjectValue && equalObjects(left, right);
  if (left instanceof Capsule) return right instanceof Capsule && equalCapsules(left, right);
  return (left === null || typeof left !== 'object') && left === right;
}

function equalArrays(left: readonly Value[], right: readonly Value[]): boolean {
  return (
    left.length === right.length &&
    left.every((element, at) => {
      const other = right[at];
      return other !== undefined && equal(element, other);
    })
  );
}

function equalObjects(left: ObjectValue, right: ObjectValue): boolean {
  if (left.entries.size !== right.entries.size) return false;
  for (const [key, value] of left.entries) {
    const other = right.get(key);
    if (other === undefined || !equal(value, other)) return false;
  }
  return true;
}

function equalCapsules(left: Capsule, right: Capsule): boolean {
  if (left.kind.name !== right.kind.name) return false;
  return left.payload === right.payload || (left.kind.equals?.(left.payload, right.payload) ?? false);
}
