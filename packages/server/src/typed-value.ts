import {
  asObject,
  Capsule,
  encodeValue,
  FunctionValue,
  isArray,
  NumberValue,
  print,
  secretOf,
  type Type,
  type Value,
} from '@pewter/language';
import type { DebugValue } from '@pewter/runtime';
import { isSecretName, withoutPasswords } from '@pewter/syntax';
import { capsuleText } from './capsule-names.ts';

/** A value with the name of its type, in the JSON shape of the reference's web API. */
export interface TreeValue {
  readonly type: 'null' | 'bool' | 'number' | 'string' | 'array' | 'object' | 'capsule' | 'function';
  readonly value: null | boolean | number | string | readonly TreeValue[] | readonly TreeField[];
}

export interface TreeField {
  readonly key: string;
  readonly value: TreeValue;
}

/**
 * A decoded value of this type. A secret, however deep, shows as `(secret)`; a text that might have been one and is none, in quotes.
 * Passwords in URLs are hidden, and so are texts under names of credentials where an argument maps names to texts (headers).
 */
export function typedValue(type: Type, decoded: unknown): TreeValue {
  const tree = treeValue(encodeValue(decoded, type));
  return mapsToText(type) ? maskNamed(tree) : tree;
}

/** Headers, parameters of requests: a text, or a list of texts, for each name. */
function mapsToText(type: Type): boolean {
  if (typeof type === 'string' || !('map' in type)) return false;
  const { map } = type;
  return map === 'string' || (typeof map === 'object' && 'list' in map && map.list === 'string');
}

function maskNamed(tree: TreeValue): TreeValue {
  if (tree.type !== 'object') return tree;
  const fields = tree.value as readonly TreeField[];
  const mask = ({ key, value }: TreeField) => ({ key, value: isSecretName(key) ? masked : value });
  return { type: 'object', value: fields.map(mask) };
}

const masked: TreeValue = { type: 'capsule', value: '(secret)' };

function treeValue(value: Value): TreeValue {
  if (value === null) return { type: 'null', value };
  if (typeof value === 'string') return { type: 'string', value: withoutPasswords(value) };
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (value instanceof NumberValue) return { type: 'number', value: value.toNumber() };
  if (isArray(value)) return { type: 'array', value: value.map(treeValue) };
  if (value instanceof FunctionValue) return { type: 'function', value: print(value) };
  if (secretOf(value) !== undefined) return { type: 'capsule', value: print(value) };
  const object = asObject(value);
  if (object !== undefined) {
    const tree = objectTree([...object.entries].map(([key, one]) => [key, treeValue(one)]));
    // The labels of a target.
    return value instanceof Capsule ? maskNamed(tree) : tree;
  }
  const kind = value instanceof Capsule ? value.kind.name : 'unknown';
  return { type: 'capsule', value: capsuleText(kind) };
}

/** Plain data, such as debug information; what has the name of a credential (`__param_token`) is hidden. */
export function plainValue(value: DebugValue): TreeValue {
  if (value === null) return { type: 'null', value };
  if (typeof value === 'string') return { type: 'string', value: withoutPasswords(value) };
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'number') return { type: 'number', value };
  if (Array.isArray(value)) return { type: 'array', value: value.map((one: DebugValue) => plainValue(one)) };
  return maskNamed(objectTree(Object.entries(value).map(([key, one]) => [key, plainValue(one)])));
}

function objectTree(fields: readonly (readonly [string, TreeValue])[]): TreeValue {
  return { type: 'object', value: fields.map(([key, value]) => ({ key, value })) };
}
