import {
  type BodySchema,
  fieldType,
  Hole,
  isArray,
  ObjectValue,
  type Type,
  type Value,
} from '@pewter/language';

/**
 * Holes that nothing will ever fill, because what they stand for is left out. Others are only awaited: what refers to
 * those comes to life later.
 */
const forever = new WeakSet<Hole>();

/** A value that will not be known. */
export function skippedHole(type?: Type, origin?: string): Hole {
  const hole = new Hole(type, origin);
  forever.add(hole);
  return hole;
}

/** The exports of something that is left out: values of known types that will not be known. */
export function skippedExports({ fields }: BodySchema, id: string): Value {
  const entries = Object.entries(fields);
  if (entries.length === 0) return skippedHole(undefined, id);
  return new ObjectValue(
    entries.map(([name, field]) => [name, skippedHole(fieldType(field), `${id}.${name}`)]),
  );
}

/** True where a value, or something inside it, will not be known. */
export function isSkipped(value: Value): boolean {
  if (value instanceof Hole) return forever.has(value);
  if (isArray(value)) return value.some(isSkipped);
  return value instanceof ObjectValue && value.entries.values().some(isSkipped);
}
