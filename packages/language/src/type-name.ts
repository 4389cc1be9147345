import { Hole } from './hole.ts';
import type { Type } from './type.ts';
import { Capsule, FunctionValue, NumberValue, ObjectValue, type TypeName, type Value } from './value.ts';

/** The name of a value's type, as messages print it; `unknown` for a hole of unknown type. */
export function typeOf(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof NumberValue) return 'number';
  if (value instanceof ObjectValue) return 'object';
  if (value instanceof Capsule) return 'capsule';
  if (value instanceof FunctionValue) return 'function';
  return value instanceof Hole ? typeNameOf(value.type) : 'array';
}

const scalarNames: Readonly<Record<string, TypeName>> = {
  any: 'unknown',
  bool: 'bool',
  string: 'string',
  duration: 'string',
  secret: 'capsule',
  optional_secret: 'capsule',
};

/** The language's type that a value of an attribute's type has. */
export function typeNameOf(type: Type | undefined): TypeName {
  if (type === undefined) return 'unknown';
  if (typeof type === 'string') return scalarNames[type] ?? 'number';
  if ('list' in type) return 'array';
  if ('map' in type || 'object' in type) return 'object';
  if ('capsule' in type) return 'capsule';
  return 'text' in type ? 'string' : 'function';
}

const articles: Readonly<Record<string, string>> = {
  any: 'any value',
  bool: 'a bool',
  string: 'a string',
  duration: 'a duration',
  secret: 'a secret',
  optional_secret: 'a secret or a string',
  int: 'a whole number',
  int64: 'a whole number',
  int32: 'a whole number',
  uint: 'a whole number',
  uint64: 'a whole number',
  uint32: 'a whole number',
  float64: 'a number',
  number: 'a number',
};

/** An expected type in words: `a list of strings`, `pyroscope.receiver`. */
export function describeType(type: Type): string {
  if (typeof type === 'string') return articles[type] ?? `a ${type}`;
  if ('list' in type) return `a list of ${plural(type.list)}`;
  if ('map' in type) return type.map === 'any' ? 'an object' : `an object of ${plural(type.map)}`;
  if ('object' in type) return 'an object';
  if ('capsule' in type) return `a ${type.capsule.name}`;
  return 'text' in type ? `a string (${type.text.name})` : 'a function';
}

function plural(type: Type): string {
  if (type === 'any') return 'values';
  if (type === 'optional_secret') return 'strings or secrets';
  if (typeof type === 'object' && 'text' in type) return `strings (${type.text.name})`;
  return `${describeType(type)
    .replace(/^an? /, '')
    .replace(/^(list|object) /, '$1s ')}s`.replace(/^(lists|objects)( .*)s$/, '$1$2');
}
