import { quote, quoteAscii } from '../quote.ts';
import { optionalSecretKind, secretOf } from '../secret-kinds.ts';
import { bytesFromText } from '../text.ts';
import { Capsule, FunctionValue, isArray, NumberValue, ObjectValue, type Value } from '../value.ts';
import { type Flags, pad } from './format-flags.ts';
import { formatFloating, formatInteger } from './format-number.ts';
import { goType, sortedEntries, stringerText } from './go-value.ts';

/** One value under one verb, as Go's `fmt` prints it; a verb that does not fit gives Go's own complaint. */
export function formatValue(value: Value, verb: string, flags: Flags): string {
  if (verb === 'T') return value === null ? pad('<nil>', flags) : pad(truncate(goType(value), flags), flags);
  if (value === null) return verb === 'v' ? pad('<nil>', flags) : badVerb(value, verb, flags);
  if (verb === 'w') return badVerb(value, verb, flags);
  if (verb === 'p') return formatPointer(value, flags);
  return formatInner(value, verb, flags);
}

function formatInner(value: Value, verb: string, flags: Flags): string {
  if (typeof value === 'boolean') {
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags);
  }
  if (typeof value === 'string') return formatString(value, verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof NumberValue) return formatNumber(value, verb, flags) ?? badVerb(value, verb, flags);
  if (isArray(value)) return formatList(value, verb, flags);
  if (value instanceof ObjectValue) return formatMap(value, verb, flags);
  if (value instanceof Capsule) return formatCapsule(value, verb, flags);
  return verb === 'v' ? pad('function', flags) : badVerb(value, verb, flags);
}

/** Go prints an address here, different in each run; ours says as much. */
function formatPointer(value: Value, flags: Flags): string {
  const held = isArray(value) || value instanceof ObjectValue || value instanceof FunctionValue;
  return held ? pad('0x0', flags) : badVerb(value, 'p', flags);
}

function formatNumber(number: NumberValue, verb: string, flags: Flags): string | undefined {
  if (typeof number.value === 'number') {
    return formatFloating(number.value, verb === 'v' ? 'g' : verb, flags);
  }
  if (verb !== 'v') return formatInteger(number.value, verb, flags);
  const hexadecimal = flags.sharpV && goType(number) === 'uint64';
  return formatInteger(
    number.value,
    hexadecimal ? 'x' : 'd',
    hexadecimal ? { ...flags, sharp: true } : flags,
  );
}

function formatString(text: string, verb: string, flags: Flags): string | undefined {
  if (verb === 'q' || (verb === 'v' && flags.sharpV)) return pad(quoted(truncate(text, flags), flags), flags);
  if (verb === 'v' || verb === 's') return pad(truncate(text, flags), flags);
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
  return flags.sharpV ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`;
}

function formatMap(object: ObjectValue, verb: string, flags: Flags): string {
  const fields = sortedEntries(object).map(
    ([key, field]) => `${formatInner(key, verb, flags)}:${formatElement(field, verb, flags)}`,
  );
  return flags.sharpV ? `map[string]interface {}{${fields.join(', ')}}` : `map[${fields.join(' ')}]`;
}

/** A null inside a list or an object is never padded. */
function formatElement(value: Value, verb: string, flags: Flags): string {
  if (value !== null) return formatInner(value, verb, flags);
  return flags.sharpV ? 'interface {}(nil)' : '<nil>';
}

function formatCapsule(capsule: Capsule, verb: string, flags: Flags): string {
  const secret = secretOf(capsule);
  if (secret === undefined) {
    const text = stringerText(capsule) ?? `capsule(${quote(capsule.kind.name)})`;
    const plain = { ...flags, sharpV: false };
    return formatString(text, verb, plain) ?? badVerb(capsule, verb, flags);
  }
  if (capsule.kind.name !== optionalSecretKind.name) {
    return formatString(secret.reveal(), verb, flags) ?? badVerb(capsule, verb, flags);
  }
  const fields: readonly (readonly [string, Value])[] = [
    ['IsSecret', secret.exposure !== 'readable'],
    ['Value', secret.reveal()],
  ];
  const named = flags.sharpV || flags.plusV;
  const texts = fields.map(([name, field]) => `${named ? `${name}:` : ''}${formatInner(field, verb, flags)}`);
  return flags.sharpV ? `alloytypes.OptionalSecret{${texts.join(', ')}}` : `{${texts.join(' ')}}`;
}

/** Go's complaint shows the value under `%v` with the flags that were given. */
function badVerb(value: Value, verb: string, flags: Flags): string {
  return value === null
    ? `%!${verb}(<nil>)`
    : `%!${verb}(${goType(value)}=${formatInner(value, 'v', flags)})`;
}
