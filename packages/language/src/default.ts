import { type DecodeContext, decodeValue, failed } from './decode-value.ts';
import type { AttributeField, BlockField, BodySchema, Field, Json } from './schema.ts';
import type { Type } from './type.ts';
import { NumberValue, ObjectValue, type Value } from './value.ts';

const defaults = new WeakMap<Field, { readonly value: unknown }>();
const nowhere = { expression: undefined, range: { start: 0, end: 0 }, name: 'default' };

/** What a field decodes to when it is left out; one value for all, so it must not be changed. */
export function defaultOf(field: Field): unknown {
  const known = defaults.get(field);
  if (known !== undefined) return known.value;
  const value = field.kind === 'attribute' ? attributeDefault(field) : blockDefault(field);
  defaults.set(field, { value });
  return value;
}

/** The decoded form of null, which is the zero of a type; undefined for a type that has none. */
export function zeroOf(type: Type): unknown {
  const zero = decodeValue(null, type, nowhere, silent);
  return zero === failed ? undefined : zero;
}

/** Plain data as a value of the language; whole numbers are ints. */
export function fromJson(json: Json): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number')
    return Number.isSafeInteger(json) ? NumberValue.int(json) : NumberValue.float(json);
  if (isJsonArray(json)) return json.map(fromJson);
  return new ObjectValue(Object.entries(json).map(([key, field]) => [key, fromJson(field)]));
}

function isJsonArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function attributeDefault(field: AttributeField): unknown {
  if (field.default === undefined) return undefined;
  return decodeValue(fromJson(field.default), field.type, nowhere, strict);
}

function blockDefault(field: BlockField): unknown {
  if (field.repeated) return [];
  return field.defaulted ? bodyDefaults(field.body) : undefined;
}

function bodyDefaults(schema: BodySchema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => [name, defaultOf(field)]));
}

const silent: DecodeContext = { checking: false, error: () => {}, warn: () => {} };

/** A default that does not fit its own type is a mistake in the schema. */
const strict: DecodeContext = {
  checking: false,
  warn: () => {},
  error: (problem) => {
    throw new TypeError(`a default does not fit its type: ${problem.message}`);
  },
};
