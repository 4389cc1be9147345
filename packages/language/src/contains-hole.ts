import { Hole } from './hole.ts';
import { isArray, ObjectValue, type Value } from './value.ts';

/** True when the value, or something inside it, is not known. */
export function containsHole(value: Value): boolean {
  if (value instanceof Hole) return true;
  if (isArray(value)) return value.some(containsHole);
  return value instanceof ObjectValue && value.entries.values().some(containsHole);
}
