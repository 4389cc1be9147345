import type { Access, Index } from '@pewter/syntax';
import { EvaluationError } from './error.ts';
import { Hole } from './hole.ts';
import { toInt } from './numbers.ts';
import { print, printShort } from './print.ts';
import type { BodySchema, Field } from './schema.ts';
import { didYouMean, listed } from './suggest.ts';
import type { Type } from './type.ts';
import { describeType, typeNameOf, typeOf } from './type-name.ts';
import { asObject, FunctionValue, isArray, NumberValue, type ObjectValue, type Value } from './value.ts';

/** `object.name`. Throws {@link EvaluationError} when there is no such field, with those that there are. */
export function accessField(object: Value, expression: Access): Value {
  const name = expression.name.name;
  if (object instanceof Hole) return holeField(object, name, expression);
  const fields = asObject(object);
  if (fields === undefined) throw noFields(object, name, expression);
  const value = fields.get(name);
  if (value === undefined) throw unknownField(name, [...fields.entries.keys()], expression);
  return value;
}

/** `object[index]`. An object without the key gives null; an array has to be long enough. */
export function indexInto(object: Value, index: Value, expression: Index): Value {
  if (object instanceof Hole) return holeElement(object, index, expression);
  if (isArray(object)) return elementOf(object, index, expression);
  const fields = asObject(object);
  if (fields !== undefined) return keyOf(fields, index, expression);
  if (object instanceof FunctionValue) throw notCalled(object, index, expression);
  const message = `${printShort(object)} is ${naming(typeOf(object))}, which has neither elements nor fields`;
  throw new EvaluationError('E0303', message, { range: expression.object.range });
}

/** The type of what a field of a body decodes from. */
export function fieldType(field: Field): Type {
  if (field.kind === 'attribute') return field.type;
  const object: Type = { object: field.body };
  return field.repeated ? { list: object } : object;
}

function elementOf(array: readonly Value[], index: Value, expression: Index): Value {
  const range = expression.index.range;
  if (index instanceof Hole) return holeIndex(index, 'number', expression) ?? new Hole();
  if (!(index instanceof NumberValue)) throw wrongIndex('number', index, expression);
  const position = toInt(index);
  const value = position >= 0n && position < array.length ? array[Number(position)] : undefined;
  if (value !== undefined) return value;
  const length = array.length === 1 ? '1 element' : `${array.length} elements`;
  throw new EvaluationError('E0304', `index ${position} is out of range: the array has ${length}`, { range });
}

function keyOf(fields: ObjectValue, index: Value, expression: Index): Value {
  if (index instanceof Hole) return holeIndex(index, 'string', expression) ?? new Hole();
  if (typeof index !== 'string') throw wrongIndex('string', index, expression);
  return fields.get(index) ?? null;
}

function holeField(hole: Hole, name: string, expression: Access): Value {
  const origin = hole.origin === undefined ? undefined : `${hole.origin}.${name}`;
  const type = hole.type;
  if (type === undefined || type === 'any') return new Hole(undefined, origin);
  if (typeof type === 'object') {
    if ('object' in type) return new Hole(schemaField(type.object, name, expression), origin);
    if ('map' in type) return new Hole(type.map, origin);
    if ('capsule' in type && type.capsule.toObject !== undefined) return new Hole('string', origin);
  }
  throw noFields(hole, name, expression);
}

function schemaField(schema: BodySchema, name: string, expression: Access): Type {
  const field = schema.fields[name];
  if (field === undefined) throw unknownField(name, Object.keys(schema.fields), expression);
  return fieldType(field);
}

function holeElement(hole: Hole, index: Value, expression: Index): Value {
  const name = typeOf(hole);
  if (name === 'unknown') return new Hole();
  const capsule = typeof hole.type === 'object' && 'capsule' in hole.type ? hole.type.capsule : undefined;
  if (name !== 'array' && name !== 'object' && capsule?.toObject === undefined) {
    const message = `${holeName(hole)} is ${describe(hole)}, which has neither elements nor fields`;
    throw new EvaluationError('E0303', message, { range: expression.object.range });
  }
  const wanted = name === 'array' ? 'number' : 'string';
  const given = typeOf(index);
  if (given !== wanted && given !== 'unknown') throw wrongIndex(wanted, index, expression);
  return new Hole(elementType(hole.type, index));
}

/** The type of what stands at an index, as far as it is sure: an absent key gives null, which fits any type. */
function elementType(type: Type | undefined, index: Value): Type | undefined {
  if (typeof type !== 'object') return undefined;
  if ('list' in type) return type.list;
  if ('map' in type) return type.map;
  if ('capsule' in type) return 'string';
  const field = 'object' in type && typeof index === 'string' ? type.object.fields[index] : undefined;
  return field === undefined ? undefined : fieldType(field);
}

function holeIndex(index: Hole, wanted: 'number' | 'string', expression: Index): undefined {
  const given = typeOf(index);
  if (given !== wanted && given !== 'unknown') throw wrongIndex(wanted, index, expression);
  return undefined;
}

function wrongIndex(wanted: 'number' | 'string', index: Value, expression: Index): EvaluationError {
  const what = wanted === 'number' ? 'an array is indexed by a number' : 'an object is indexed by a string';
  const message = `${what}, but ${printShort(index)} is ${naming(typeOf(index))}`;
  return new EvaluationError('E0304', message, { range: expression.index.range });
}

function unknownField(name: string, fields: readonly string[], expression: Access): EvaluationError {
  const likely = didYouMean(name, fields) ?? mistakenFor(name, fields);
  const has = fields.length > 0 && fields.length <= 12 ? `; it has ${listed(fields)}` : '';
  return new EvaluationError('E0302', `there is no field \`${name}\`${has}`, {
    range: expression.name.range,
    ...(likely === undefined ? {} : { hint: `did you mean \`${likely}\`?` }),
  });
}

/** Export names that people take for each other, since components of one kind use the one or the other. */
const confused: readonly (readonly string[])[] = [
  ['targets', 'output'],
  ['receiver', 'input'],
];

function mistakenFor(name: string, fields: readonly string[]): string | undefined {
  const group = confused.find((names) => names.includes(name)) ?? [];
  return fields.find((field) => group.includes(field) || name.includes(field));
}

/** A function is written as if it were an object: `sys.env["HOME"]`, `env.HOME`. */
function notCalled({ name, note }: FunctionValue, key: Value, { object }: Access | Index): EvaluationError {
  const now = note?.replacedBy ?? name;
  const given = now === 'sys.env' && typeof key === 'string' ? print(key) : '…';
  return new EvaluationError('E0303', `\`${name}\` is a function, which has neither elements nor fields`, {
    range: object.range,
    hint: `call it: \`${now}(${given})\``,
  });
}

function noFields(object: Value, name: string, expression: Access): EvaluationError {
  if (object instanceof FunctionValue) return notCalled(object, name, expression);
  const subject = object instanceof Hole ? holeName(object) : printShort(object);
  const kind = object instanceof Hole ? describe(object) : naming(typeOf(object));
  const message = `${subject} is ${kind}, which has no field \`${name}\``;
  const hint = typeOf(object) === 'array' ? { hint: 'pick an element first: `[0]`' } : {};
  return new EvaluationError('E0303', message, { range: expression.object.range, ...hint });
}

function holeName(hole: Hole): string {
  return hole.origin === undefined ? 'this value' : `\`${hole.origin}\``;
}

function describe(hole: Hole): string {
  return hole.type === undefined ? naming(typeNameOf(hole.type)) : describeType(hole.type);
}

function naming(name: string): string {
  if (name === 'null' || name === 'unknown') return name;
  return name === 'array' || name === 'object' ? `an ${name}` : `a ${name}`;
}
