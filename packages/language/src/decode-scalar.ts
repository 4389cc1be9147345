import { containsHole } from './contains-hole.ts';
import { isHiddenSecret, toNumber, toText } from './convert.ts';
import { attempt, type DecodeContext, failed, unknown, wrongType } from './decode-value.ts';
import { goDuration } from './duration.ts';
import { toInt, toUint } from './numbers.ts';
import type { Place } from './problem.ts';
import { optionalSecretKind, secretKind } from './secret-kinds.ts';
import type { NumberTypeName, Type } from './type.ts';
import { describeType } from './type-name.ts';
import { NumberValue, type Value } from './value.ts';

type Scalar = Extract<Type, string>;
type Decoder = (value: Value, place: Place, context: DecodeContext) => unknown;

/** The decoded form of a value where a scalar type is expected, by the reference's conversions. */
export function decodeScalar(value: Value, type: Scalar, place: Place, context: DecodeContext): unknown {
  return decoders[type](value, place, context);
}

const decodeNumber =
  (type: NumberTypeName, from: (number: NumberValue) => number | bigint): Decoder =>
  (value, place, context) => {
    const number = toNumber(value);
    if (number !== undefined) return from(number);
    return isHiddenSecret(value) ? secretShown(type, place, context) : wrongType(value, type, place, context);
  };

const decoders: Readonly<Record<Scalar, Decoder>> = {
  any: (value, _place, context) => (context.checking && containsHole(value) ? unknown : value),
  bool: (value, place, context) => {
    if (value === null) return false;
    if (typeof value === 'boolean') return value;
    const word = value === 'true' || value === 'false' ? `write \`${value}\` without quotes` : undefined;
    return wrongType(value, 'bool', place, context, word);
  },
  string: (value, place, context) => {
    const text = toText(value);
    if (text !== undefined) return text;
    if (isHiddenSecret(value)) return secretShown('string', place, context);
    const quoted = typeof value === 'boolean' ? `write it in quotes: \`"${value}"\`` : undefined;
    return wrongType(value, 'string', place, context, quoted);
  },
  duration: decodeDuration,
  secret: (value, place, context) => decodeSecret(value, 'secret', place, context),
  optional_secret: (value, place, context) => decodeSecret(value, 'optional_secret', place, context),
  int: decodeNumber('int', (number) => Number(toInt(number))),
  int64: decodeNumber('int64', (number) => Number(toInt(number))),
  int32: decodeNumber('int32', (number) => Number(BigInt.asIntN(32, toInt(number)))),
  uint: decodeNumber('uint', (number) => Number(toUint(number))),
  uint32: decodeNumber('uint32', (number) => Number(BigInt.asUintN(32, toUint(number)))),
  uint64: decodeNumber('uint64', toUint),
  float64: decodeNumber('float64', (number) => number.toNumber()),
  number: decodeNumber('number', (number) => number.toNumber()),
};

function decodeDuration(value: Value, place: Place, context: DecodeContext): unknown {
  if (value === null) return 0;
  const text = toText(value);
  if (text === undefined) {
    if (isHiddenSecret(value)) return secretShown('duration', place, context);
    return wrongType(value, 'duration', place, context, 'write it as a string such as "1m30s"');
  }
  if (!(value instanceof NumberValue)) return attempt(() => goDuration.parse(text), place, context);
  if (text === '0') return 0;
  const hint = `write it as a string with a unit: \`"${text}s"\``;
  return wrongType(value, 'duration', place, context, hint);
}

function decodeSecret(
  value: Value,
  type: 'secret' | 'optional_secret',
  place: Place,
  context: DecodeContext,
): unknown {
  const kind = type === 'secret' ? secretKind : optionalSecretKind;
  return kind.from?.(value) ?? wrongType(value, type, place, context);
}

function secretShown(type: Type, place: Place, context: DecodeContext): typeof failed {
  const message = `\`${place.name}\` should be ${describeType(type)}, but is a secret, which may not become plain text`;
  const hint = 'where it is no secret, wrap it in `convert.nonsensitive(…)`';
  context.error({ code: 'E0316', message, hint }, place);
  return failed;
}
