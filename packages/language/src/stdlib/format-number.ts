import { formatFloat } from '../number-text.ts';
import { isPrintable, quoteRune } from '../quote.ts';
import { type Flags, pad } from './format-flags.ts';

const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', O: '0', x: '0x', X: '0X' };

/** An integer under a verb; undefined where integers have no such verb. */
export function formatInteger(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb === 'c') return pad(runeText(value), flags);
  if (verb === 'q') return pad(quoteRune(runeCode(value), flags.plus), flags);
  if (verb === 'U') return pad(unicodeText(value, flags), { ...flags, zero: false });
  const base = bases[verb];
  return base === undefined ? undefined : integerText(value, verb, base, flags);
}

function integerText(value: bigint, verb: string, base: number, flags: Flags): string {
  const magnitude = (value < 0n ? -value : value).toString(base);
  const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0);
  const fills = flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined;
  const least = fills ? (flags.width ?? 0) - sign.length : (flags.precision ?? 0);
  let digits = magnitude.padStart(least, '0');
  if (verb === 'X') digits = digits.toUpperCase();
  const leads = base === 8 && digits.startsWith('0');
  const prefix = (verb === 'O' ? '0o' : '') + (flags.sharp && !leads ? (prefixes[verb] ?? '') : '');
  return pad(sign + prefix + digits, { ...flags, zero: false });
}

function runeCode(value: bigint): number {
  return value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd;
}

function runeText(value: bigint): string {
  const code = runeCode(value);
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
}

function unicodeText(value: bigint, flags: Flags): string {
  const hex = BigInt.asUintN(64, value)
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0');
  return flags.sharp && value >= 0n && value <= 0x10ffffn && isPrintable(runeText(value))
    ? `U+${hex} '${runeText(value)}'`
    : `U+${hex}`;
}

/** A float under a verb; undefined where floats have no such verb. */
export function formatFloating(value: number, verb: string, flags: Flags): string | undefined {
  const form = verb.toLowerCase();
  if (!['e', 'f', 'g', 'b', 'x'].includes(form) || verb === 'B') return undefined;
  const fallback = form === 'e' || form === 'f' ? 6 : -1;
  const text = formatFloat(value, form as 'e' | 'f' | 'g' | 'b' | 'x', flags.precision ?? fallback);
  if (!Number.isFinite(value)) return signed(text, false, flags);
  const cased = verb === 'E' || verb === 'G' || verb === 'X' ? text.toUpperCase() : text;
  return signed(flags.sharp && form !== 'b' ? withPoint(cased, verb, flags.precision) : cased, true, flags);
}

function signed(text: string, finite: boolean, flags: Flags): string {
  const bare = text.replace(/^[+-]/, '');
  const negative = text.startsWith('-');
  const infinite = bare === 'Inf';
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : infinite ? '+' : '';
  if (!finite) return pad(sign + bare, { ...flags, zero: false });
  if (!flags.zero || flags.minus) return pad(sign + bare, flags);
  return sign + bare.padStart((flags.width ?? 0) - sign.length, '0');
}

/** The `#` flag keeps the decimal point and, under these verbs, the zeros behind it; Go counts the `x` of `0x` as a digit. */
const FILLED: ReadonlySet<string> = new Set(['g', 'G', 'x']);

function withPoint(text: string, verb: string, precision: number | undefined): string {
  const exponent = verb === 'x' || verb === 'X' ? /[pP]/ : /[eE]/;
  const at = text.search(exponent);
  const mantissa = at === -1 ? text : text.slice(0, at);
  const tail = text.slice(mantissa.length);
  const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.`;
  if (!FILLED.has(verb)) return pointed + tail;
  const significant = pointed.replace(/^[+-]?0*\.?0*/, '').replace('.', '').length;
  const digits = mantissa.replace(/^[+-]/, '') === '0' ? 1 : significant;
  return pointed + '0'.repeat(Math.max((precision ?? 6) - digits, 0)) + tail;
}
