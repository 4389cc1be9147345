import type { Expression } from '@pewter/syntax';
import { assignable } from './assignable.ts';
import { byteText } from './bytes.ts';
import { containsHole } from './contains-hole.ts';
import { decodeObject } from './decode-object.ts';
import { decodeScalar } from './decode-scalar.ts';
import { EvaluationError } from './error.ts';
import { Hole } from './hole.ts';
import { listCache } from './list-cache.ts';
import { capsuleHint, misfitHint } from './misfit-hint.ts';
import { printShort } from './print.ts';
import { innerPlace, type Place, type Problem } from './problem.ts';
import type { Type } from './type.ts';
import { describeType, typeOf } from './type-name.ts';
import { asObject, Capsule, type CapsuleKind, isArray, type Value } from './value.ts';

/** Stands for a decoded form that is not known yet. */
export const unknown: unique symbol = Symbol('unknown');
/** Stands for a decoded form that does not exist; the reason has been reported. */
export const failed: unique symbol = Symbol('failed');

/** What decoding is given besides the value. */
export interface DecodeContext {
  /** Warn of what is portable only in part. */
  readonly checking: boolean;
  error(problem: Problem, place: Place): void;
  warn(problem: Problem, place: Place): void;
}

/** The decoded form of a value for an expected type, or {@link unknown} or {@link failed}. */
export function decodeValue(value: Value, type: Type, place: Place, context: DecodeContext): unknown {
  if (value instanceof Hole) return decodeHole(value, type, place, context);
  if (typeof type === 'string') return decodeScalar(value, type, place, context);
  if ('list' in type) return decodeList(value, type.list, type, place, context);
  if ('map' in type) return decodeMap(value, type.map, type, place, context);
  if ('object' in type) return decodeObject(value, type.object, place, context);
  if ('capsule' in type) return decodeCapsule(value, type.capsule, place, context);
  if ('text' in type) return decodeText(value, type, place, context);
  return wrongType(value, type, place, context);
}

/** Reports a value of the wrong type. */
export function wrongType(
  value: Value,
  type: Type,
  place: Place,
  context: DecodeContext,
  hint?: string,
): typeof failed {
  const given = value === null ? 'null' : `${printShort(value)}, ${article(typeOf(value))}`;
  const message = `\`${place.name}\` should be ${describeType(type)}, but is ${given}`;
  context.error({ code: 'E0313', message, hint: argumentHint(place.expression) ?? hint }, place);
  return failed;
}

/** An argument of a module is an object that holds its value. */
function argumentHint(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'access' || expression.object.kind !== 'identifier') return undefined;
  if (expression.object.name !== 'argument') return undefined;
  return `its value is in \`argument.${expression.name.name}.value\``;
}

/** Runs a parser or conversion that may throw {@link EvaluationError}, and reports what it throws. */
export function attempt<T>(work: () => T, place: Place, context: DecodeContext): T | typeof failed {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const inner = error.field === undefined ? place : innerPlace(place, error.field);
    const range = error.range ?? inner.range;
    context.error(
      { code: error.code, message: `\`${place.name}\`: ${error.message}`, hint: error.hint },
      { ...place, range },
    );
    return failed;
  }
}

function decodeHole(
  hole: Hole,
  type: Type,
  place: Place,
  context: DecodeContext,
): typeof unknown | typeof failed {
  const misfit = assignable(hole.type, type);
  if (misfit === undefined) return unknown;
  const origin = hole.origin === undefined ? '' : ` \`${hole.origin}\``;
  const hint = misfitHint(hole, type);
  context.error(
    { code: misfit.code, message: `\`${place.name}\` cannot be${origin}: ${misfit.message}`, hint },
    place,
  );
  return failed;
}

function decodeList(value: Value, element: Type, type: Type, place: Place, context: DecodeContext): unknown {
  if (value === null) return [];
  if (!isArray(value)) {
    const hint = fitsAlone(value, element) ? 'put it in a list: `[…]`' : undefined;
    return wrongType(value, type, place, context, hint);
  }
  const known = context.checking ? undefined : listCache.decoded(value, element);
  if (known !== undefined) return known;
  const decoded = value.flatMap((item, at) => decodeElement(item, element, innerPlace(place, at), context));
  if (decoded.includes(failed)) return failed;
  if (decoded.includes(unknown)) return unknown;
  listCache.remember(value, decoded, element);
  return decoded;
}

/** One element as a list of one; of several where a list of lists is flattened, of none for a receiver that is null. */
function decodeElement(item: Value, element: Type, place: Place, context: DecodeContext): readonly unknown[] {
  const kind = typeof element === 'object' && 'capsule' in element ? element.capsule : undefined;
  if (kind !== undefined && item === null && kind.from === undefined) return [];
  const nested = isArray(item) ? item : item instanceof Hole && typeOf(item) === 'array' ? item : undefined;
  if (kind?.flattens !== true || nested === undefined) return [decodeValue(item, element, place, context)];
  const message = `\`${place.name}\` is a list of lists; it is read as one flat list`;
  context.warn({ code: 'W0302', message, hint: 'join lists with `array.concat(…)`' }, place);
  const decoded = decodeValue(nested, { list: element }, place, context);
  return Array.isArray(decoded) ? decoded : [decoded];
}

function fitsAlone(value: Value, element: Type): boolean {
  if (element === 'string') return typeof value === 'string';
  if (typeof element !== 'object' || !('capsule' in element)) return false;
  const capsule = value instanceof Capsule && value.kind.name === element.capsule.name;
  return capsule || (element.capsule.toObject !== undefined && asObject(value) !== undefined);
}

function decodeMap(value: Value, element: Type, type: Type, place: Place, context: DecodeContext): unknown {
  if (value === null) return new Map();
  const object = asObject(value);
  if (object === undefined) return wrongType(value, type, place, context);
  const decoded = new Map<string, unknown>();
  for (const [key, field] of object.entries) {
    const inner = { ...innerPlace(place, key), name: `${place.name}.${key}` };
    decoded.set(key, decodeValue(field, element, inner, context));
  }
  const results = new Set(decoded.values());
  if (results.has(failed)) return failed;
  return results.has(unknown) ? unknown : decoded;
}

function decodeCapsule(
  value: Value,
  kind: CapsuleKind<unknown>,
  place: Place,
  context: DecodeContext,
): unknown {
  if (value instanceof Capsule && value.kind.name === kind.name) return value.payload;
  const open = containsHole(value);
  // No capsule is made of a list, nor a receiver of anything.
  const mayFit = open && kind.from !== undefined && !isArray(value);
  if (mayFit && kind.toObject === undefined) return unknown;
  const converted = open && !mayFit ? undefined : attempt(() => kind.from?.(value), place, context);
  if (mayFit) return converted === failed ? failed : unknown;
  if (converted !== undefined) return converted;
  if (!(value instanceof Capsule))
    return wrongType(value, { capsule: kind }, place, context, capsuleFormHint(value));
  const message = `\`${place.name}\`: ${value.kind.name} cannot be used as ${kind.name}`;
  context.error({ code: 'E0317', message, hint: capsuleHint(value.kind.name, { capsule: kind }) }, place);
  return failed;
}

/** A reference in quotes is a text, and one in brackets a list. */
function capsuleFormHint(value: Value): string | undefined {
  if (isArray(value) && value.length === 1) return 'take it without `[ ]`';
  const looksLikeOne = typeof value === 'string' && /^[a-z_]\w*(\.\w+){2,}$/.test(value);
  return looksLikeOne ? `remove the quotes: \`${value}\`` : undefined;
}

function decodeText(
  value: Value,
  type: Extract<Type, { text: unknown }>,
  place: Place,
  context: DecodeContext,
): unknown {
  if (value === null && type.text.zero !== undefined) return type.text.zero;
  const text = byteText(value) ?? decodeScalar(value, 'string', place, context);
  if (typeof text !== 'string') return text;
  return attempt(() => type.text.parse(text), place, context);
}

function article(name: string): string {
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
