import { fieldType } from './access.ts';
import { type DecodeContext, decodeValue, failed, unknown, wrongType } from './decode-value.ts';
import { defaultOf, zeroOf } from './default.ts';
import { innerPlace, type Place } from './problem.ts';
import type { BodySchema } from './schema.ts';
import { suggestion } from './suggest.ts';
import { asObject, ObjectValue, type Value } from './value.ts';

/**
 * An object with known fields. As in the reference a field that is left out has its default or the zero of its
 * type, required or not, and a field that does not exist is an error.
 */
export function decodeObject(
  value: Value,
  schema: BodySchema,
  place: Place,
  context: DecodeContext,
): unknown {
  const object = value === null ? new ObjectValue([]) : asObject(value);
  if (object === undefined) return wrongType(value, { object: schema }, place, context);
  const known = checkNames(object, schema, place, context);
  const decoded: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.fields)) {
    const given = object.get(name);
    if (given === undefined) {
      decoded[name] = defaultOf(field) ?? (field.required ? zeroOf(fieldType(field)) : undefined);
    } else {
      const inner = { ...innerPlace(place, name), name: `${place.name}.${name}` };
      decoded[name] = decodeValue(given, fieldType(field), inner, context);
    }
  }
  const results = new Set(Object.values(decoded));
  if (!known || results.has(failed)) return failed;
  return results.has(unknown) ? unknown : decoded;
}

function checkNames(object: ObjectValue, schema: BodySchema, place: Place, context: DecodeContext): boolean {
  const names = Object.keys(schema.fields);
  const strangers = [...object.entries.keys()].filter((key) => !Object.hasOwn(schema.fields, key));
  for (const key of strangers) {
    const hint = suggestion(key, names, 'fields');
    context.error(
      { code: 'E0402', message: `\`${place.name}\` has no field \`${key}\``, hint },
      innerPlace(place, key),
    );
  }
  return strangers.length === 0;
}
