import { numberText } from '../number-text.ts';
import { quote } from '../quote.ts';
import { optionalSecretKind, secretOf } from '../secret-kinds.ts';
import { compareText } from '../text.ts';
import { asObject, Capsule, isArray, NumberValue, ObjectValue, type Value } from '../value.ts';

/** The Go types of capsules that are named otherwise here. */
const capsuleTypes: Readonly<Record<string, string>> = { target: 'discovery.Target' };

/** The Go type that the reference gives a value of the language to `fmt`. */
export function goType(value: Value): string {
  if (value === null) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof NumberValue) return goNumberType(value);
  if (isArray(value)) return '[]interface {}';
  if (value instanceof ObjectValue) return 'map[string]interface {}';
  if (!(value instanceof Capsule)) return 'function';
  if (secretOf(value) === undefined) return capsuleTypes[value.kind.name] ?? value.kind.name;
  return value.kind.name === optionalSecretKind.name ? 'alloytypes.OptionalSecret' : 'alloytypes.Secret';
}

/** An object's entries in the order in which Go prints maps. */
export function sortedEntries(object: ObjectValue): readonly (readonly [string, Value])[] {
  return [...object.entries].sort(([a], [b]) => compareText(a, b));
}

/** The text of a capsule that prints itself, such as a target; undefined where it has no such text. */
export function stringerText(capsule: Capsule): string | undefined {
  const object = asObject(capsule);
  if (object === undefined) return capsule.kind.print?.(capsule.payload);
  const pairs = Array.from(object.entries, ([key, field]) => `${quote(key)}=${printed(field)}`);
  return `{${pairs.sort(compareText).join(', ')}}`;
}

function printed(field: Value): string {
  return field instanceof NumberValue ? numberText(field) : quote(String(field));
}

function goNumberType(number: NumberValue): string {
  if (number.kind === 'float') return 'float64';
  return number.value > 0x7fffffffffffffffn ? 'uint64' : 'int';
}
