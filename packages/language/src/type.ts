import type { BodySchema } from './schema.ts';
import type { CapsuleKind } from './value.ts';

/** Number types by the width that the reference decodes them to. */
export type NumberTypeName = 'int' | 'int64' | 'uint' | 'uint64' | 'int32' | 'uint32' | 'float64' | 'number';

/**
 * The type of an attribute, as data. It has the form of the component catalogue: a name for a scalar,
 * a one-key object for what is composed.
 */
export type Type =
  | 'any'
  | 'bool'
  | 'string'
  | 'duration'
  | 'secret'
  | 'optional_secret'
  | NumberTypeName
  | ListType
  | MapType
  | ObjectType
  | CapsuleType
  | TextType
  | FunctionType;

export interface ListType {
  readonly list: Type;
}

export interface MapType {
  readonly map: Type;
}

/** An object with known fields. */
export interface ObjectType {
  readonly object: BodySchema;
}

export interface CapsuleType {
  readonly capsule: CapsuleKind<unknown>;
}

/** A string with a syntax of its own, decoded by `parse`. */
export interface TextType {
  readonly text: TextKind<unknown>;
}

/** The type of a standard library function; never the type of an attribute. */
export interface FunctionType {
  readonly function: string;
}

/** A string syntax: a URL, a regular expression, a log level. Named as in the component catalogue. */
export interface TextKind<T> {
  readonly name: string;
  /** The decoded form; throws {@link EvaluationError} that says what is wrong with the text and what is accepted. */
  parse(text: string): T;
  /** What null stands for, where that is none of what `parse` takes; the form of the empty text where absent. */
  readonly zero?: T;
  /** The text that a decoded form is shown as; `String` of it where absent. */
  print?(decoded: T): string;
}
