import { assignable } from '../assignable.ts';
import { containsHole } from '../contains-hole.ts';
import { isHiddenSecret, toText } from '../convert.ts';
import { ArgumentError, EvaluationError } from '../error.ts';
import { Hole } from '../hole.ts';
import { printShort } from '../print.ts';
import { derivedSecret, secretOf } from '../secret-kinds.ts';
import type { Type } from '../type.ts';
import { typeOf } from '../type-name.ts';
import { FunctionValue, isArray, type Value } from '../value.ts';

/** The kinds of parameters, with what the function's body is given for each. */
interface Parameters {
  /** Strings, and what converts to one. */
  string: string;
  /** A list of them. */
  strings: readonly string[];
  /** A string or a secret: the text itself. */
  secret: string;
  /** Any value as it is. */
  value: Value;
}

type Parameter = keyof Parameters;
type Bodies<P extends readonly Parameter[]> = { [K in keyof P]: Parameters[P[K]] };

/** What a function takes and gives. `rest` stands for any number of further arguments. */
export interface Signature<P extends readonly Parameter[], R extends Parameter> {
  readonly name: string;
  readonly takes: P;
  readonly rest?: R;
  /** The type of what it gives, for checks without running. */
  readonly gives?: Type;
}

/**
 * A function from its signature and a body over JavaScript values. Counts and converts the arguments; where one
 * is not known gives a hole; and where a string was made out of a secret, the strings in the result are
 * kept from sight as well.
 */
export function builtin<const P extends readonly Parameter[], R extends Parameter = never>(
  signature: Signature<P, R>,
  body: (...args: [...Bodies<P>, ...Parameters[R][]]) => Value,
): FunctionValue {
  const { name, takes, rest, gives } = signature;
  return new FunctionValue(name, (args) => {
    checkCount(name, args.length, takes.length, rest !== undefined);
    const converted = args.map((value, index) =>
      convert(name, takes[index] ?? rest ?? 'value', value, index),
    );
    if (args.some(containsHole)) return new Hole(gives);
    const result = body(...(converted as [...Bodies<P>, ...Parameters[R][]]));
    return takes[0] !== 'secret' && args.some(holdsDerived) ? hide(result) : result;
  });
}

/** Throws {@link EvaluationError} unless a function was given as many arguments as it takes. */
export function checkCount(name: string, given: number, least: number, more: boolean, most = least): void {
  if (given >= least && (more || given <= most)) return;
  const count = most > least ? `${least} or ${most}` : `${more ? 'at least ' : ''}${least}`;
  const noun = most === 1 ? 'argument' : 'arguments';
  throw new EvaluationError('E0308', `\`${name}\` takes ${count} ${noun}, but was given ${given}`);
}

/** The complaint that an argument is of the wrong type. */
export function wrongArgument(
  name: string,
  index: number,
  wanted: string,
  value: Value,
  element?: number,
): ArgumentError {
  if (isHiddenSecret(value)) return secretArgument(name, index, element);
  const given = value === null ? 'null' : `${printShort(value)}, ${aTypeOf(value)}`;
  const message = `argument ${index + 1} of \`${name}\` should be ${wanted}, but is ${given}`;
  return new ArgumentError(index, 'E0309', message, element === undefined ? {} : { element });
}

function secretArgument(name: string, index: number, element?: number): ArgumentError {
  return new ArgumentError(
    index,
    'E0316',
    `argument ${index + 1} of \`${name}\` is a secret, which may not become a string`,
    {
      hint: 'where it is no secret, wrap it in `convert.nonsensitive(…)`',
      ...(element === undefined ? {} : { element }),
    },
  );
}

function convert(name: string, parameter: Parameter, value: Value, index: number): unknown {
  if (parameter === 'value') return value;
  if (parameter === 'strings') return convertList(name, value, index);
  if (value instanceof Hole)
    return checkHole(name, value, parameter === 'secret' ? 'secret' : 'string', index);
  if (parameter === 'secret') {
    const text = value === null ? '' : typeof value === 'string' ? value : secretOf(value)?.reveal();
    if (text === undefined) throw wrongArgument(name, index, 'a secret or a string', value);
    return text;
  }
  const text = toText(value);
  if (text === undefined) throw wrongArgument(name, index, 'a string', value);
  return text;
}

function convertList(name: string, value: Value, index: number): readonly string[] {
  if (value === null) return [];
  if (value instanceof Hole) return checkHole(name, value, { list: 'string' }, index) ?? [];
  if (!isArray(value)) throw wrongArgument(name, index, 'a list of strings', value);
  return value.map((element, at) => {
    if (element instanceof Hole) return checkHole(name, element, 'string', index) ?? '';
    const text = toText(element);
    if (text === undefined) throw wrongArgument(name, index, 'a list of strings', element, at);
    return text;
  });
}

function checkHole(name: string, hole: Hole, type: Type, index: number): undefined {
  const misfit = assignable(hole.type, type);
  if (misfit === undefined) return undefined;
  const what = hole.origin === undefined ? '' : ` (\`${hole.origin}\`)`;
  throw new ArgumentError(
    index,
    misfit.code === 'E0316' ? 'E0316' : 'E0309',
    `argument ${index + 1} of \`${name}\`${what}: ${misfit.message}`,
  );
}

function holdsDerived(value: Value): boolean {
  if (isArray(value)) return value.some(holdsDerived);
  return secretOf(value)?.exposure === 'derived';
}

function hide(value: Value): Value {
  if (typeof value === 'string') return derivedSecret(value);
  return isArray(value) ? value.map(hide) : value;
}

function aTypeOf(value: Value): string {
  const name = typeOf(value);
  return name === 'array' || name === 'object' ? `an ${name}` : `a ${name}`;
}
