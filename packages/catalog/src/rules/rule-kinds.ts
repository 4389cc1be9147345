import type { Rule, RuleViolation } from '@pewter/language';
import { Secret } from '@pewter/language';

/** A regular expression of RE2 stands in this attribute. Becomes a rule where expressions can be compiled. */
export interface RegexpRule {
  readonly regexp: string;
}

/** A rule that also says which fields it is about, where it does not leave it to `reads`. */
export interface CountingRule extends Rule {
  readonly about: readonly string[];
}

export type RuleData = Rule | CountingRule | RegexpRule;

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
  return { message: `one of ${listed(names, 'or')} must be given` };
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

/** A rule on the value of one attribute; undefined values (omitted, without a default) are no business of it. */
export function valueRule<T>(
  field: string,
  check: (value: T, body: Decoded) => Omit<RuleViolation, 'field'> | undefined,
  reads: readonly string[] = [],
): Rule {
  return {
    reads: [field, ...reads],
    check(body) {
      const value = body[field];
      const violation = value === undefined ? undefined : check(value as T, body);
      return violation && { ...violation, field };
    },
  };
}

/** Numbers and durations above zero. */
export function positive(...fields: readonly string[]): readonly Rule[] {
  return fields.map((field) =>
    valueRule<number>(field, (value) =>
      value > 0 ? undefined : { message: `\`${field}\` must be greater than zero` },
    ),
  );
}

/** Numbers and durations of zero or above. */
export function notNegative(...fields: readonly string[]): readonly Rule[] {
  return fields.map((field) =>
    valueRule<number>(field, (value) =>
      value >= 0 ? undefined : { message: `\`${field}\` may not be negative` },
    ),
  );
}

/** A number or duration (in ms) of at least this. */
export function atLeast(field: string, least: number, name: string): Rule {
  return valueRule<number>(field, (value) =>
    value >= least ? undefined : { message: `\`${field}\` must be ${name} or more` },
  );
}

/** A number between these, both included. */
export function between(field: string, least: number, most: number): Rule {
  return valueRule<number>(field, (value) =>
    value >= least && value <= most
      ? undefined
      : { message: `\`${field}\` must be between ${least} and ${most}` },
  );
}

/** Texts, secrets and lists that hold something. */
export function notEmpty(...fields: readonly string[]): readonly Rule[] {
  return fields.map((field) => ({
    reads: [field],
    check: (body) =>
      body[field] !== undefined && isSet(body[field]) === false
        ? { message: `\`${field}\` may not be empty`, field }
        : undefined,
  }));
}

/** A text, or each text of a list, that is one of these; an omitted one is fine. */
export function oneOf(field: string, ...words: readonly string[]): Rule {
  return valueRule<string | readonly string[]>(field, (value) => {
    const odd = [value].flat().find((one) => !words.includes(one));
    if (odd === undefined) return undefined;
    return {
      message: `\`${field}\` cannot be \`${odd}\``,
      hint: `one of ${words.filter((word) => word !== '').join(', ')}`,
    };
  });
}

/** A text that is an expression of RE2, or empty. */
export function regexp(field: string): RegexpRule {
  return { regexp: field };
}

/** `host:port`, or `[v6]:port`. */
export function hostAndPort(field: string): Rule {
  return valueRule<string>(field, (value) =>
    /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(value)
      ? undefined
      : { message: `\`${field}\` must be an address with a port`, hint: 'write it as in `"0.0.0.0:8080"`' },
  );
}
