import { NumberValue, type Value } from '../value.ts';

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NumberValue.float(Number.NaN)] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, NumberValue.float(Number.POSITIVE_INFINITY)] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, NumberValue.float(Number.NEGATIVE_INFINITY)] as const),
]);

const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/** A plain scalar of YAML as Go's yaml.v3 resolves it; a date becomes its RFC 3339 text, all else that is nothing special a string. */
export function plainScalar(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(text)) return text;
  return timestamp(text) ?? yamlNumber(text) ?? text;
}

/** True for a plain scalar that is a string, and so can be the key of an object. */
export function isPlainString(text: string): boolean {
  return typeof plainScalar(text) === 'string' && timestamp(text) === undefined;
}

/** An integer or float of YAML 1.1 or 1.2; undefined for any other text. */
export function yamlNumber(text: string): NumberValue | undefined {
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const integer = yamlInteger(plain);
  if (integer !== undefined && BigInt.asIntN(64, integer) === integer) return NumberValue.int(integer);
  if (integer !== undefined && BigInt.asUintN(64, integer) === integer) return NumberValue.uint(integer);
  return float.test(plain) && Number.isFinite(Number(plain)) ? NumberValue.float(Number(plain)) : undefined;
}

function yamlInteger(text: string): bigint | undefined {
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = '0'] = match;
  const magnitude = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  return sign === '-' ? -magnitude : magnitude;
}

const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const moment =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[+-]\d{2}:\d{2})| +(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)$/;

/** The RFC 3339 text of a date as Go's yaml.v3 reads one; undefined for any other text. */
export function timestamp(text: string): string | undefined {
  const day = date.exec(text);
  if (day !== null) return rfc3339(day.slice(1, 4), ['0', '0', '0'], '', 'Z');
  const match = moment.exec(text);
  if (match === null) return undefined;
  const zoned = match[4] !== undefined;
  const clock = zoned ? match.slice(4, 7) : match.slice(9, 12);
  return rfc3339(match.slice(1, 4), clock, (zoned ? match[7] : match[12]) ?? '', match[8] ?? 'Z');
}

function rfc3339(
  day: readonly string[],
  clock: readonly string[],
  fraction: string,
  zone: string,
): string | undefined {
  const two = (part: string): string => part.padStart(2, '0');
  const [year = '', ...rest] = day;
  const head = `${[year, ...rest.map(two)].join('-')}T${clock.map(two).join(':')}`;
  const parsed = new Date(`${head}Z`);
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(head);
  return real
    ? head + fraction.slice(0, 10).replace(/\.?0*$/, '') + (zone === '+00:00' ? 'Z' : zone)
    : undefined;
}
