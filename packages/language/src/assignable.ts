import type { BodySchema } from './schema.ts';
import type { Type } from './type.ts';
import { describeType } from './type-name.ts';
import type { CapsuleKind } from './value.ts';

/** Why no value of one type can stand where another is due. */
export interface Misfit {
  readonly code: 'E0313' | 'E0316' | 'E0317';
  readonly message: string;
}

/**
 * Checks whether a value of type `from`, not known yet, can stand where `to` is due. Undefined means that
 * it can or may: a misfit is only reported where every value of the type would be refused.
 */
export function assignable(from: Type | undefined, to: Type): Misfit | undefined {
  if (from === undefined || from === 'any' || to === 'any') return undefined;
  if (typeof to === 'string') return toScalar(from, to);
  if ('list' in to) return toList(from, to.list, to);
  if ('map' in to) return toMap(from, to.map, to);
  if ('object' in to) return isObjectLike(from) ? undefined : misfit(from, to);
  if ('capsule' in to) return toCapsule(from, to.capsule, to);
  return 'text' in to ? toScalar(from, 'string') : misfit(from, to);
}

function toScalar(from: Type, to: Type & string): Misfit | undefined {
  if (to === 'bool') return from === 'bool' ? undefined : misfit(from, to);
  if (to === 'secret' || to === 'optional_secret')
    return isTextual(from) || isSecret(from) ? undefined : misfit(from, to);
  if (from === 'secret') return { code: 'E0316', message: `a secret cannot be used as ${describeType(to)}` };
  return isTextual(from) || isNumeric(from) || from === 'optional_secret' ? undefined : misfit(from, to);
}

function toList(from: Type, element: Type, to: Type): Misfit | undefined {
  if (typeof from !== 'object' || !('list' in from)) return misfit(from, to);
  const flattens = typeof element === 'object' && 'capsule' in element && element.capsule.flattens === true;
  if (flattens && typeof from.list === 'object' && 'list' in from.list) return toList(from.list, element, to);
  return assignable(from.list, element) === undefined ? undefined : misfit(from, to);
}

function toMap(from: Type, element: Type, to: Type): Misfit | undefined {
  if (!isObjectLike(from)) return misfit(from, to);
  const inner = typeof from === 'object' && 'map' in from ? from.map : undefined;
  return assignable(inner, element) === undefined ? undefined : misfit(from, to);
}

function toCapsule(from: Type, kind: CapsuleKind<unknown>, to: Type): Misfit | undefined {
  if (typeof from === 'object' && 'capsule' in from) {
    return from.capsule.name === kind.name ? undefined : misfit(from, to);
  }
  // What a component exports as a whole is no object of values, such as a target is made of.
  const whole = typeof from === 'object' && 'object' in from && Object.keys(from.object.fields).length > 0;
  if (kind.from === undefined || whole) return misfit(from, to);
  return kind.toObject === undefined || isObjectLike(from) ? undefined : misfit(from, to);
}

function isTextual(type: Type): boolean {
  return type === 'string' || type === 'duration' || (typeof type === 'object' && 'text' in type);
}

function isSecret(type: Type): boolean {
  return type === 'secret' || type === 'optional_secret';
}

const scalars: ReadonlySet<Type> = new Set(['bool', 'string', 'duration', 'secret', 'optional_secret']);

function isNumeric(type: Type): boolean {
  return typeof type === 'string' && !scalars.has(type);
}

function isObjectLike(type: Type): boolean {
  if (typeof type !== 'object') return false;
  return 'map' in type || 'object' in type || ('capsule' in type && type.capsule.toObject !== undefined);
}

function misfit(from: Type, to: Type): Misfit {
  const bothCapsules =
    typeof from === 'object' && 'capsule' in from && typeof to === 'object' && 'capsule' in to;
  const code = bothCapsules ? 'E0317' : 'E0313';
  const left =
    bothCapsules && typeof from === 'object' && 'capsule' in from ? from.capsule.name : describeType(from);
  const right =
    bothCapsules && typeof to === 'object' && 'capsule' in to ? to.capsule.name : describeType(to);
  return { code, message: `${left} cannot be used as ${right}` };
}

/** The names of a body's fields, for suggestions. */
export function fieldNames(schema: BodySchema, kind?: 'attribute' | 'block'): string[] {
  return Object.entries(schema.fields)
    .filter(([, field]) => kind === undefined || field.kind === kind)
    .map(([name]) => name);
}
