import { EvaluationError } from './error.ts';

/** Nanoseconds of each unit that Go knows. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

const longest = 1n << 63n;
const million = 1_000_000n;
const term = /(\d*)(?:\.(\d*))?([^\d.]*)/y;

/** Durations as Go writes them: `1m30s`, `250ms`, `-1.5h`. */
export const goDuration = {
  /** Milliseconds of a text as Go's `time.ParseDuration` reads it; throws {@link EvaluationError}. */
  parse(text: string): number {
    const total = nanoseconds(text);
    return Number(total / million) + Number(total % million) / 1e6;
  },

  /** The text that Go's `Duration.String` gives for milliseconds. */
  print(milliseconds: number): string {
    const whole = Math.trunc(milliseconds);
    const total = BigInt(whole) * million + BigInt(Math.round((milliseconds - whole) * 1e6));
    if (total === 0n) return '0s';
    const sign = total < 0n ? '-' : '';
    const magnitude = total < 0n ? -total : total;
    return sign + (magnitude < 1_000_000_000n ? printSmall(magnitude) : printLarge(magnitude));
  },
} as const;

function nanoseconds(text: string): bigint {
  const negative = text.startsWith('-');
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0n;
  if (body === '') throw malformed(text, 'it is empty');
  let total = 0n;
  for (let at = 0; at < body.length; ) {
    term.lastIndex = at;
    const match = term.exec(body);
    const [whole, digits = '', fraction = '', unit = ''] = match ?? [''];
    if (digits === '' && fraction === '') throw malformed(text, 'it does not start with a number');
    total += termNanoseconds(text, digits, fraction, unit);
    at += whole.length;
    if (total > longest || (total === longest && !negative)) throw malformed(text, 'it is too long');
  }
  return negative ? -total : total;
}

function termNanoseconds(text: string, digits: string, fraction: string, unit: string): bigint {
  const scale = units.get(unit);
  if (unit === '') throw malformed(text, 'the unit is missing', withUnit(text));
  if (scale === undefined)
    throw malformed(text, `it has the unknown unit \`${unit.trim()}\``, unitHint(unit, digits));
  const part = fraction === '' ? 0n : (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  return BigInt(digits === '' ? '0' : digits) * scale + part;
}

function malformed(text: string, why: string, hint?: string): EvaluationError {
  const how = 'write it as a number with a unit `ns`, `us`, `ms`, `s`, `m` or `h`, such as "1m30s"';
  return new EvaluationError('E0314', `"${text}" is no duration: ${why}`, { hint: hint ?? how });
}

function withUnit(text: string): string {
  return `write "${text}s" for seconds; units are \`ns\`, \`us\`, \`ms\`, \`s\`, \`m\` and \`h\``;
}

function unitHint(unit: string, digits: string): string {
  const days = /^\s*d(ays?)?$/.test(unit);
  if (days && digits !== '') return `write "${BigInt(digits) * 24n}h"; days are no unit`;
  return 'units are `ns`, `us`, `ms`, `s`, `m` and `h`, without spaces';
}

function printSmall(nanos: bigint): string {
  if (nanos < 1_000n) return `${nanos}ns`;
  return nanos < 1_000_000n ? `${fraction(nanos, 3)}µs` : `${fraction(nanos, 6)}ms`;
}

function printLarge(nanos: bigint): string {
  const minutes = nanos / 60_000_000_000n;
  const seconds = `${fraction(nanos % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** The number divided by 10^digits, without trailing zeros. */
function fraction(value: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const behind = (value % scale).toString().padStart(digits, '0').replace(/0+$/, '');
  return behind === '' ? `${value / scale}` : `${value / scale}.${behind}`;
}
