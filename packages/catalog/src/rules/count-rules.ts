import type { Rule, RuleViolation } from '@pewter/language';
import { Secret } from '@pewter/language';

/** A rule that also says which fields it is about, where it does not leave it to `reads`. */
export interface CountingRule extends Rule {
  readonly about: readonly string[];
}

type Decoded = Readonly<Record<string, unknown>>;

/** Whether something is given that counts: as in the reference, a zero value does not. Undefined: not known. */
export function isSet(value: unknown): boolean | undefined {
  if (typeof value === 'symbol') return undefined;
  if (value instanceof Secret) return value.reveal() !== '';
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

interface Count {
  readonly set: readonly string[];
  /** Some are not known. */
  readonly open: boolean;
}

/**
 * A name with braces, as in `basic_auth {}`, counts when it is written at all: blocks, and the few attributes that
 * the reference takes so. Others count by their value.
 */
function count(names: readonly string[], body: Decoded, given: ReadonlySet<string>): Count {
  const set: string[] = [];
  let open = false;
  for (const written of names) {
    const name = written.replace(/ \{\}$/, '');
    const state = name === written ? isSet(body[name]) : given.has(name);
    if (state === true) set.push(name);
    open ||= state === undefined;
  }
  return { set, open };
}

/** Rules of {@link count} look at what is known themselves: one that is not known is no reason to be silent on the others. */
function counting(
  names: readonly string[],
  check: (found: Count) => RuleViolation | undefined,
): CountingRule {
  return { reads: [], about: names, check: (body, given) => check(count(names, body, given)) };
}

function listed(names: readonly string[], last: 'and' | 'or'): string {
  const quoted = names.map((name) => `\`${name.replace(/ \{\}$/, '')}\``);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1) ?? ''}`;
}

function tooMany(set: readonly string[], code?: string): RuleViolation | undefined {
  const [, second] = set;
  if (second === undefined) return undefined;
  const message = `${listed(set, 'and')} are given, and only one may be`;
  return { message, hint: 'keep one of them', field: second, ...(code === undefined ? {} : { code }) };
}

/** At most one of these may be given. */
export function atMostOne(names: readonly string[], code?: string): CountingRule {
  return counting(names, ({ set }) => tooMany(set, code));
}

/** One of these must be given, and no second. */
export function exactlyOne(...names: readonly string[]): CountingRule {
  return counting(names, (found) => tooMany(found.set) ?? noneOf(found, names));
}

/** One of these must be given. */
export function atLeastOne(...names: readonly string[]): CountingRule {
  return counting(names, (found) => noneOf(found, names));
}

function noneOf({ set, open }: Count, names: readonly string[]): RuleViolation | undefined {
  if (open || set.length > 0) return undefined;
  return { message: `${names.length === 1 ? '' : 'one of '}${listed(names, 'or')} must be given` };
}

/** Each of these must be given, and hold something. */
export function allOf(...names: readonly string[]): readonly CountingRule[] {
  return names.map((name) => atLeastOne(name));
}

/** Neither or both of these. */
export function together(a: string, b: string): CountingRule {
  return counting([a, b], ({ set, open }) =>
    open || set.length !== 1
      ? undefined
      : {
          message: `\`${set[0]}\` needs ${listed([set[0] === a ? b : a], 'and')} beside it`,
          field: set[0] ?? a,
        },
  );
}

/** Where `name` is given, one of `others` must be too. */
export function needs(name: string, ...others: readonly string[]): CountingRule {
  return {
    reads: [],
    about: [name, ...others],
    check(body, given) {
      if (count([name], body, given).set.length === 0) return undefined;
      const found = count(others, body, given);
      if (found.open || found.set.length > 0) return undefined;
      return {
        message: `${listed([name], 'or')} needs ${listed(others, 'or')}`,
        field: name.replace(/ \{\}$/, ''),
      };
    },
  };
}
