import type { Secret } from './secret.ts';
import type { TextKind, Type } from './type.ts';
import type { CapsuleKind, TypeName, Value } from './value.ts';

/** A default or an example as plain data; decoded by the same rules as what a user writes. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a body (of a component, a block or an object) may hold. It is data: decoding, checking, defaults and
 * documentation are made from it, for the components that run here and for those that are only known.
 * Build one with {@link body}, and infer the TypeScript type of its decoded form with {@link Infer}.
 */
export interface BodySchema<T = unknown> {
  readonly fields: Readonly<Record<string, Field>>;
  /** Rules beyond types. */
  readonly rules: readonly Rule[];
  /** Only for {@link Infer}; never set. */
  readonly decoded?: T;
}

export type Field = AttributeField | BlockField;

export interface AttributeField<T = unknown> {
  readonly kind: 'attribute';
  readonly type: Type;
  readonly required: boolean;
  /** Absent: an omitted attribute decodes to undefined. */
  readonly default?: Json;
  /** What it is for; given for what the reference does not have, whose pages say it for the rest. */
  readonly meaning?: string;
  /** The only words that it takes, where a rule and not its type says so. */
  readonly words?: readonly string[];
  readonly decoded?: T;
}

export interface BlockField<T = unknown> {
  readonly kind: 'block';
  readonly body: BodySchema;
  readonly required: boolean;
  /** May be given more than once; decodes to an array in source order. */
  readonly repeated: boolean;
  /** The block takes a label, decoded as the field `label`. */
  readonly labelled: boolean;
  /** An omitted block decodes to its defaults rather than to undefined. */
  readonly defaulted: boolean;
  readonly decoded?: T;
}

/**
 * A rule between fields of one body, or about the value of one. It runs only when everything it `reads` is
 * known (given or defaulted, and no hole), so that checking without running never raises a false alarm.
 */
export interface Rule {
  readonly reads: readonly string[];
  /** The decoded body in, what is wrong out; undefined when all is well. */
  check(body: Readonly<Record<string, unknown>>, given: ReadonlySet<string>): RuleViolation | undefined;
}

export interface RuleViolation {
  /** The diagnostic's code; the general one for rules when absent. */
  readonly code?: string;
  /** `warning`: said only where a config is checked, and never a reason to refuse it. An error when absent. */
  readonly severity?: 'warning';
  readonly message: string;
  readonly hint?: string;
  /** The field to point at; the block's name when absent. */
  readonly field?: string;
}

/** The TypeScript type that a body schema, attribute or block decodes to. */
export type Infer<S> = S extends { readonly decoded?: infer T } ? T : never;

/** A type with the TypeScript type it decodes to. */
export interface Typed<T> {
  readonly type: Type;
  readonly decoded?: T;
}

/** Decodes to the value itself, as the language has it. */
export const any: Typed<Value> = { type: 'any' };
export const string: Typed<string> = { type: 'string' };
export const bool: Typed<boolean> = { type: 'bool' };
/** Decodes to milliseconds; fractions down to nanoseconds. */
export const duration: Typed<number> = { type: 'duration' };
/** Decodes to a {@link Secret}; strings convert. */
export const secret: Typed<Secret> = { type: 'secret' };
/** Like {@link secret}; plain strings stay readable in the language. */
export const optionalSecret: Typed<Secret> = { type: 'optional_secret' };
/** Decodes to a JavaScript number. */
export const int: Typed<number> = { type: 'int' };
export const float: Typed<number> = { type: 'float64' };
/** Decodes to a bigint. */
export const uint64: Typed<bigint> = { type: 'uint64' };

/** Decodes to an array. */
export function list<T>(element: Typed<T>): Typed<readonly T[]> {
  return { type: { list: element.type } };
}

/** Decodes to a Map in the order of the keys as written. */
export function map<T>(element: Typed<T>): Typed<ReadonlyMap<string, T>> {
  return { type: { map: element.type } };
}

/** Decodes to the payload of a capsule of this kind. */
export function capsule<T>(kind: CapsuleKind<T>): Typed<T> {
  return { type: { capsule: kind as CapsuleKind<unknown> } };
}

/** Decodes to what the text kind parses to. */
export function text<T>(kind: TextKind<T>): Typed<T> {
  return { type: { text: kind } };
}

/** A required attribute. */
export function required<T>(typed: Typed<T>): AttributeField<T> {
  return { kind: 'attribute', type: typed.type, required: true };
}

/** An attribute that decodes to `fallback` when it is omitted. */
export function withDefault<T>(typed: Typed<T>, fallback: Json): AttributeField<T> {
  return { kind: 'attribute', type: typed.type, required: false, default: fallback };
}

/** An attribute that decodes to undefined when it is omitted. */
export function optional<T>(typed: Typed<T>): AttributeField<T | undefined> {
  return { kind: 'attribute', type: typed.type, required: false };
}

/** An attribute with what it is for and, where they are few, the words that it takes. */
export function meaning<T>(
  field: AttributeField<T>,
  text: string,
  words?: readonly string[],
): AttributeField<T> {
  return { ...field, meaning: text, ...(words !== undefined && { words }) };
}

/** A block that may be omitted, and is undefined then. */
export function block<T>(schema: BodySchema<T>): BlockField<T | undefined> {
  return { kind: 'block', body: schema, required: false, repeated: false, labelled: false, defaulted: false };
}

/** A block that may be omitted, and has its defaults then. */
export function defaultedBlock<T>(schema: BodySchema<T>): BlockField<T> {
  return { kind: 'block', body: schema, required: false, repeated: false, labelled: false, defaulted: true };
}

/** A block that must be there. */
export function requiredBlock<T>(schema: BodySchema<T>): BlockField<T> {
  return { kind: 'block', body: schema, required: true, repeated: false, labelled: false, defaulted: false };
}

/** A block that may be there any number of times. */
export function blocks<T>(schema: BodySchema<T>): BlockField<readonly T[]> {
  return { kind: 'block', body: schema, required: false, repeated: true, labelled: false, defaulted: false };
}

/** A block with a label that may be there any number of times; `label` is a field of each. */
export function labelledBlocks<T>(
  schema: BodySchema<T>,
): BlockField<readonly (T & { readonly label: string })[]> {
  return { kind: 'block', body: schema, required: false, repeated: true, labelled: true, defaulted: false };
}

/** A body from its fields, keyed by the names that users write. */
export function body<F extends Readonly<Record<string, Field>>>(
  fields: F,
  rules: readonly Rule[] = [],
): BodySchema<{ readonly [K in keyof F]: Infer<F[K]> }> {
  return { fields, rules };
}

/** The type names that messages use for an expected type. */
export type ExpectedTypeName = TypeName | 'duration' | 'secret';
