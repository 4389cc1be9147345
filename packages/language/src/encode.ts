import { fieldType } from './access.ts';
import { goDuration } from './duration.ts';
import { fieldList } from './field-list.ts';
import { Hole } from './hole.ts';
import { listCache } from './list-cache.ts';
import type { BodySchema } from './schema.ts';
import { Secret } from './secret.ts';
import { optionalSecretKind, secretKind } from './secret-kinds.ts';
import type { Type } from './type.ts';
import { Capsule, NumberValue, ObjectValue, type Value } from './value.ts';

/**
 * Exports as the object that expressions see. The same list gives the same array, so an export that did not
 * change is recognised without a look at its elements.
 */
export function encodeExports<T>(exports: T, schema: BodySchema<T>): ObjectValue {
  const record = (exports ?? {}) as Readonly<Record<string, unknown>>;
  const entries = new Map<string, Value>();
  for (const [name, field] of fieldList(schema))
    entries.set(name, encodeValue(record[name], fieldType(field)));
  return new ObjectValue(entries);
}

/** Exports that are not known yet: an object of known fields. `origin` is its name, for messages. */
export function exportsHole(schema: BodySchema, origin: string): Hole {
  return new Hole({ object: schema }, origin);
}

/** A decoded value as the language sees it: the way back of decoding. */
export function encodeValue(decoded: unknown, type: Type): Value {
  if (decoded === undefined || decoded === null) return null;
  if (typeof type === 'string') return encodeScalar(decoded, type);
  if ('list' in type) return Array.isArray(decoded) ? encodeList(decoded, type.list) : null;
  if ('map' in type) return decoded instanceof Map ? encodeMap(decoded, type.map) : null;
  if ('object' in type) return encodeExports(decoded, type.object);
  if ('capsule' in type) return new Capsule(type.capsule, decoded);
  return 'text' in type && type.text.print !== undefined ? type.text.print(decoded) : String(decoded);
}

function encodeList(list: readonly unknown[], element: Type): readonly Value[] {
  const known = listCache.encoded(list, element);
  if (known !== undefined) return known;
  const array = list.map((item) => encodeValue(item, element));
  listCache.remember(array, list, element);
  return array;
}

function encodeMap(map: ReadonlyMap<unknown, unknown>, element: Type): ObjectValue {
  return new ObjectValue(Array.from(map, ([key, item]) => [String(key), encodeValue(item, element)]));
}

function encodeScalar(decoded: unknown, type: Type & string): Value {
  if (type === 'any') return decoded as Value;
  if (decoded instanceof Secret)
    return new Capsule(type === 'secret' ? secretKind : optionalSecretKind, decoded);
  if (typeof decoded === 'bigint') return NumberValue.uint(decoded);
  if (typeof decoded === 'number') return encodeNumber(decoded, type);
  return typeof decoded === 'boolean' ? decoded : String(decoded);
}

function encodeNumber(decoded: number, type: Type & string): Value {
  if (type === 'duration') return goDuration.print(decoded);
  if (type.startsWith('int')) return NumberValue.int(Math.trunc(decoded));
  return type.startsWith('uint') ? NumberValue.uint(Math.trunc(decoded)) : NumberValue.float(decoded);
}
