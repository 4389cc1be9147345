import { quote, quoteAscii } from '../quote.ts';
import { optionalSecretKind, secretOf } from '../secret-kinds.ts';
import { bytesFromText } from '../text.ts';
import { Capsule, isArray, NumberValue, ObjectValue, type Value } from '../value.ts';
import { type Flags, pad } from './format-flags.ts';
import { formatFloating, formatInteger } from './format-number.ts';
import { goType, sortedEntries, stringerText } from './go-value.ts';

/** One value under one verb, as Go's `fmt` prints it; a verb that does not fit gives Go's own complaint. */
export function formatValue(value: Value, verb: string, flags: Flags): string {
  if (verb === 'T') return pad(goType(value), flags);
  if (value === null) return verb === 'v' ? pad('<nil>', flags) : badVerb(value, verb);
  return formatInner(value, verb, flags);
}

function formatInner(value: Value, verb: string, flags: Flags): string {
  if (typeof value === 'boolean')
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb);
  if (typeof value === 'string') return formatString(value, verb, flags) ?? badVerb(value, verb);
  if (value instanceof NumberValue) return formatNumber(value, verb, flags) ?? badVerb(value, verb);
  if (isArray(value)) return formatList(value, verb, flags);
  if (value instanceof ObjectValue)
    return formatMap(value, verb, verb === 'v' ? { ...flags, plus: false } : flags);
  if (value instanceof Capsule) return formatCapsule(value, verb, flags);
  return verb === 'v' ? pad('function', flags) : badVerb(value, verb);
}

function formatNumber(number: NumberValue, verb: string, flags: Flags): string | undefined {
  if (typeof number.value === 'bigint') {
    return formatInteger(
      number.value,
      verb === 'v' ? 'd' : verb,
      verb === 'v' ? { ...flags, sharp: false } : flags,
    );
  }
  return formatFloating(
    number.value,
    verb === 'v' ? 'g' : verb,
    verb === 'v' ? { ...flags, sharp: false } : flags,
  );
}

function formatString(text: string, verb: string, flags: Flags): string | undefined {
  if (verb === 'v' && flags.sharp) return pad(quote(text), flags);
  if (verb === 'v' || verb === 's') return pad(truncate(text, flags), flags);
  if (verb === 'q') return pad(quoted(truncate(text, flags), flags), flags);
  return verb === 'x' || verb === 'X' ? pad(hexText(text, verb, flags), flags) : undefined;
}

function truncate(text: string, { precision }: Flags): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function quoted(text: string, flags: Flags): string {
  const raw = flags.sharp && !/[`\ufeff]|(?!\t)\p{Cc}/u.test(text) && text.isWellFormed();
  if (raw) return `\`${text}\``;
  return flags.plus ? quoteAscii(text) : quote(text);
}

function hexText(text: string, verb: string, flags: Flags): string {
  const bytes = bytesFromText(text).subarray(0, flags.precision);
  const prefix = flags.sharp ? `0${verb}` : '';
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const cased = verb === 'X' ? pairs.map((pair) => pair.toUpperCase()) : pairs;
  if (flags.space) return cased.map((pair) => prefix + pair).join(' ');
  return cased.length === 0 ? '' : prefix + cased.join('');
}

function formatList(list: readonly Value[], verb: string, flags: Flags): string {
  const items = list.map((item) => formatElement(item, verb, flags));
  return isSharp(verb, flags) ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`;
}

function formatMap(object: ObjectValue, verb: string, flags: Flags): string {
  const fields = sortedEntries(object).map(
    ([key, field]) => `${formatInner(key, verb, flags)}:${formatElement(field, verb, flags)}`,
  );
  return isSharp(verb, flags) ? `map[string]interface {}{${fields.join(', ')}}` : `map[${fields.join(' ')}]`;
}

function formatElement(value: Value, verb: string, flags: Flags): string {
  if (value !== null) return formatInner(value, verb, flags);
  return isSharp(verb, flags) ? 'interface {}(nil)' : pad('<nil>', { ...flags, zero: false });
}

function formatCapsule(capsule: Capsule, verb: string, flags: Flags): string {
  const secret = secretOf(capsule);
  if (secret === undefined) {
    const text = stringerText(capsule) ?? `capsule(${quote(capsule.kind.name)})`;
    return formatString(text, verb, { ...flags, sharp: false }) ?? badVerb(capsule, verb);
  }
  if (capsule.kind.name !== optionalSecretKind.name) {
    return formatString(secret.reveal(), verb, flags) ?? badVerb(capsule, verb);
  }
  const fields: readonly (readonly [string, Value])[] = [
    ['IsSecret', secret.exposure !== 'readable'],
    ['Value', secret.reveal()],
  ];
  const named = isSharp(verb, flags) || (verb === 'v' && flags.plus);
  const texts = fields.map(
    ([name, field]) => `${named ? `${name}:` : ''}${formatInner(field, verb, { ...flags, plus: false })}`,
  );
  return isSharp(verb, flags) ? `alloytypes.OptionalSecret{${texts.join(', ')}}` : `{${texts.join(' ')}}`;
}

function isSharp(verb: string, flags: Flags): boolean {
  return verb === 'v' && flags.sharp;
}

function badVerb(value: Value, verb: string): string {
  if (value === null) return `%!${verb}(<nil>)`;
  const plain: Flags = {
    plus: false,
    minus: false,
    sharp: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
  };
  return `%!${verb}(${goType(value)}=${formatInner(value, 'v', plain)})`;
}
