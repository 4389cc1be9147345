import { Hole } from './hole.ts';
import { numberText } from './number-text.ts';
import { quote } from './quote.ts';
import type { Json } from './schema.ts';
import { secretOf } from './secret-kinds.ts';
import { compareText } from './text.ts';
import {
  asObject,
  Capsule,
  FunctionValue,
  isArray,
  NumberValue,
  type ObjectValue,
  type Value,
} from './value.ts';

/**
 * The value as the language writes it. Objects have sorted keys and aligned equal signs; secrets print
 * `(secret)`, functions `function`, capsules their kind, holes `unknown`.
 */
export function print(value: Value): string {
  return render(value, '');
}

/**
 * The value as plain data. Integers past 2^53 and floats that JSON lacks are strings, as are functions,
 * capsules and holes; capsules that read as objects are objects. A secret is `(secret)`.
 */
export function toJson(value: Value): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof NumberValue) return numberJson(value);
  if (isArray(value)) return value.map(toJson);
  const object = asObject(value);
  if (object !== undefined) {
    return Object.fromEntries(Array.from(object.entries, ([key, field]) => [key, toJson(field)]));
  }
  const secret = secretOf(value);
  return secret?.exposure === 'readable' ? secret.reveal() : render(value, '');
}

/** The value in at most `length` characters on one line, for messages. */
export function printShort(value: Value, length = 40): string {
  const line = print(value)
    .replaceAll(/,\n\t*\}/g, ' }')
    .replaceAll(/\{\n\t*/g, '{ ')
    .replaceAll(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

function render(value: Value, indent: string): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof NumberValue) return numberText(value);
  if (isArray(value)) return `[${value.map((element) => render(element, indent)).join(', ')}]`;
  if (value instanceof FunctionValue) return 'function';
  if (value instanceof Hole) return 'unknown';
  if (value instanceof Capsule && value.kind.print !== undefined) return value.kind.print(value.payload);
  const object = asObject(value);
  if (object !== undefined) return renderObject(object, indent);
  return value instanceof Capsule ? `capsule(${quote(value.kind.name)})` : 'unknown';
}

function renderObject(object: ObjectValue, indent: string): string {
  if (object.entries.size === 0) return '{}';
  const fields = [...object.entries].sort(([a], [b]) => compareText(a, b));
  const lines = sections(fields).flatMap((section) => {
    const width = Math.max(...section.map(([key]) => [...key].length));
    return section.map(([key, value]) => {
      const padding = ' '.repeat(width - [...key].length);
      return `${indent}\t${key}${padding} = ${render(value, `${indent}\t`)},\n`;
    });
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** Runs of fields whose equal signs are aligned: a value with an object in it ends its run. */
function sections(fields: readonly (readonly [string, Value])[]): (readonly [string, Value])[][] {
  const runs: (readonly [string, Value])[][] = [[]];
  for (const [key, value] of fields) {
    runs.at(-1)?.push([isIdentifier(key) ? key : quotedKey(key), value]);
    if (holdsObject(value)) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** The reference's printer escapes quoted keys twice, since the language does not undo escapes in keys. */
function quotedKey(key: string): string {
  return quote(quote(key).slice(1, -1));
}

function holdsObject(value: Value): boolean {
  if (isArray(value)) return value.some(holdsObject);
  return asObject(value) !== undefined;
}

const keywords: ReadonlySet<string> = new Set(['true', 'false', 'null']);

function isIdentifier(key: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(key) && !keywords.has(key);
}

function numberJson(number: NumberValue): Json {
  const nearest = number.toNumber();
  if (number.kind === 'float') return Number.isFinite(nearest) ? nearest : numberText(number);
  return Number.isSafeInteger(nearest) ? nearest : numberText(number);
}
