import type { Hole } from './hole.ts';

/**
 * A value of the configuration language.
 *
 * Null, bools, strings and arrays are JavaScript's own. Numbers, objects, functions and capsules are classes
 * or records, because the language knows more about them than JavaScript does. A {@link Hole} stands for a
 * value that is not known yet; only checking without running makes holes.
 */
export type Value =
  | null
  | boolean
  | string
  | NumberValue
  | readonly Value[]
  | ObjectValue
  | FunctionValue
  | Capsule
  | Hole;

/** Names of the language's types, as messages print them. */
export type TypeName =
  | 'null'
  | 'bool'
  | 'string'
  | 'number'
  | 'array'
  | 'object'
  | 'function'
  | 'capsule'
  | 'unknown';

/** int and uint are 64 bits wide and exact; a float is IEEE 754 double. */
export type NumberKind = 'int' | 'uint' | 'float';

/** A number that remembers its kind. Integers are bigints inside their 64 bits, floats are JavaScript numbers. */
export class NumberValue {
  readonly kind: NumberKind;
  readonly value: bigint | number;

  private constructor(kind: NumberKind, value: bigint | number) {
    this.kind = kind;
    this.value = value;
  }

  /** A signed integer; wraps into 64 bits as the reference's arithmetic does. */
  static int(value: bigint | number): NumberValue {
    return new NumberValue('int', BigInt.asIntN(64, BigInt(value)));
  }

  /** An unsigned integer; wraps into 64 bits. */
  static uint(value: bigint | number): NumberValue {
    return new NumberValue('uint', BigInt.asUintN(64, BigInt(value)));
  }

  static float(value: number): NumberValue {
    return new NumberValue('float', value);
  }

  /** The nearest JavaScript number. */
  toNumber(): number {
    return Number(this.value);
  }
}

/** An object: string keys in the order they were written. Immutable. */
export class ObjectValue {
  readonly entries: ReadonlyMap<string, Value>;

  constructor(entries: Iterable<readonly [string, Value]>) {
    this.entries = entries instanceof Map ? entries : new Map(entries);
  }

  get(key: string): Value | undefined {
    return this.entries.get(key);
  }
}

/** A function of the standard library. `call` gets evaluated arguments and throws {@link EvaluationError}. */
export class FunctionValue {
  readonly name: string;
  readonly call: (args: readonly Value[]) => Value;
  readonly note: FunctionNote | undefined;

  constructor(name: string, call: (args: readonly Value[]) => Value, note?: FunctionNote) {
    this.name = name;
    this.call = call;
    this.note = note;
  }
}

/** What the evaluator says to whoever names the function. */
export interface FunctionNote {
  /** The function is deprecated, and this is its name now. */
  readonly replacedBy?: string;
  /** The function may not be used at the stability level that is allowed. */
  readonly needsStability?: string;
}

/**
 * What the language carries but cannot look into: receivers, secrets, targets, relabel rules. `kind` says
 * which; two capsules are equal when their kind says that their payloads are.
 */
export class Capsule<T = unknown> {
  readonly kind: CapsuleKind<T>;
  readonly payload: T;

  constructor(kind: CapsuleKind<T>, payload: T) {
    this.kind = kind;
    this.payload = payload;
  }
}

/**
 * A kind of capsule, made once by the package that owns it. Kinds are compared by name, as the component
 * catalogue names them (`target`, `pyroscope.receiver`, `secret`).
 */
export interface CapsuleKind<T> {
  readonly name: string;
  /** Equality of payloads; identity when absent. An equal export stops a wave of reevaluation. */
  equals?(a: T, b: T): boolean;
  /** Accepts a value that is not a capsule of this kind (a target from an object, a secret from a string); undefined: not convertible. Throws {@link EvaluationError} with what is wrong inside. */
  from?(value: Value): T | undefined;
  /** The object that access, index and standard library functions see, where the capsule can be read as one. */
  toObject?(payload: T): ObjectValue;
  /**
   * A list of lists of these decodes as one flat list, as the reference does for `targets =
   * [discovery.http.x.targets]`.
   */
  readonly flattens?: true;
  /** Text for JSON and printing; `capsule("NAME")` when absent. A secret prints `(secret)`. */
  print?(payload: T): string;
}

/** True for an array of the language. */
export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The object that a value is or can be read as: objects, and capsules such as targets. */
export function asObject(value: Value): ObjectValue | undefined {
  if (value instanceof ObjectValue) return value;
  return value instanceof Capsule ? value.kind.toObject?.(value.payload) : undefined;
}

/** The value wrapped as an immutable object. */
export function objectOf(entries: Readonly<Record<string, Value>>): ObjectValue {
  return new ObjectValue(Object.entries(entries));
}
