import { byteText } from '../bytes.ts';
import { EvaluationError } from '../error.ts';
import { secretKind, secretOf } from '../secret-kinds.ts';
import { compareText } from '../text.ts';
import { Capsule, FunctionValue, isArray, NumberValue, ObjectValue, type Value } from '../value.ts';

/** Which numbers a JSON text gives: floats only, or exact integers where it has no fraction. */
export type JsonNumbers = 'floats' | 'exact';

/** A JSON text as a value. Throws {@link EvaluationError} where the text is no JSON. */
export function parseJson(text: string, numbers: JsonNumbers): Value {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      jsonValue(value, numbers, context?.source ?? ''),
    );
  } catch (error) {
    if (error instanceof EvaluationError) throw error;
    throw new EvaluationError('E0310', `the text is no JSON: ${jsonReason(text, error)}`, { cause: error });
  }
}

function jsonReason(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty';
  return error instanceof Error
    ? (error.message.replace(/ in JSON at position/, ' at position').split(', "')[0] ?? '')
    : 'unreadable';
}

/** Inner values come first, so arrays and objects hold values already. */
function jsonValue(value: unknown, numbers: JsonNumbers, source: string): Value {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return jsonNumber(value, numbers, source);
  if (Array.isArray(value)) return value;
  return new ObjectValue(
    Object.entries(value as Record<string, Value>).map(
      ([key, field]) => [key.toWellFormed(), field] as const,
    ),
  );
}

function jsonNumber(value: number, numbers: JsonNumbers, source: string): Value {
  if (numbers === 'exact') return exactNumber(value, source);
  if (Number.isFinite(value)) return NumberValue.float(value);
  throw new EvaluationError('E0310', `the number ${source} in the JSON text is too large`);
}

/** As the library behind `json_path`: an integer past 64 bits is kept as its text. */
function exactNumber(value: number, source: string): NumberValue | string {
  if (!/^-?\d+$/.test(source)) return NumberValue.float(value);
  const exact = BigInt(source);
  return BigInt.asIntN(64, exact) === exact ? NumberValue.int(exact) : source;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
  ['\ufffd', '\ufffd'],
]);

/** The value as JSON text as Go writes it: sorted keys, HTML characters escaped. Throws {@link EvaluationError} for what JSON lacks. */
export function writeJson(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value);
  if (value instanceof NumberValue) return writeNumber(value);
  if (isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (value instanceof ObjectValue) return writeObject(value);
  if (value instanceof Capsule) return writeCapsule(value);
  throw new EvaluationError(
    'E0310',
    `JSON has no form for ${value instanceof FunctionValue ? 'a function' : 'an unknown value'}`,
  );
}

function writeString(text: string): string {
  const invalid = !text.isWellFormed();
  const quoted = JSON.stringify(text.toWellFormed()).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => escapes.get(character) ?? character,
  );
  return invalid ? markInvalid(text, quoted) : quoted;
}

/** Go writes `\ufffd` for a byte that is no UTF-8, and a true U+FFFD as it is. */
function markInvalid(text: string, quoted: string): string {
  return text.includes('\ufffd') ? quoted : quoted.replaceAll('\ufffd', '\\ufffd');
}

function writeNumber(number: NumberValue): string {
  if (typeof number.value === 'bigint') return number.value.toString();
  if (!Number.isFinite(number.value))
    throw new EvaluationError('E0310', `JSON has no form for ${number.value}`);
  return Object.is(number.value, -0) ? '-0' : String(number.value);
}

function writeObject(object: ObjectValue): string {
  const fields = [...object.entries].sort(([a], [b]) => compareText(a, b));
  return `{${fields.map(([key, field]) => `${writeString(key)}:${writeJson(field)}`).join(',')}}`;
}

function writeCapsule(capsule: Capsule): string {
  const secret = secretOf(capsule);
  if (secret === undefined) {
    if (capsule.kind.toObject !== undefined) return '{}';
    throw new EvaluationError('E0310', `JSON has no form for a ${capsule.kind.name}`);
  }
  const text = byteText(capsule) ?? secret.reveal();
  if (capsule.kind.name === secretKind.name) return writeString(text);
  return `{"IsSecret":${secret.exposure !== 'readable'},"Value":${writeString(text)}}`;
}
