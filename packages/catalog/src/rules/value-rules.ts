import { asWarning, type Rule, type RuleViolation, type Secret } from '@pewter/language';
import { isSet } from './count-rules.ts';
import type { RegexpRule } from './rule-data.ts';

type Decoded = Readonly<Record<string, unknown>>;

/** A rule on the value of one attribute; undefined values (omitted, without a default) are no business of it. */
export function valueRule<T>(
  field: string,
  check: (value: T, body: Decoded, given: ReadonlySet<string>) => Omit<RuleViolation, 'field'> | undefined,
  reads: readonly string[] = [],
): Rule {
  return {
    reads: [field, ...reads],
    check(body, given) {
      const value = body[field];
      const violation = value === undefined ? undefined : check(value as T, body, given);
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
  return wordRule(field, words, (text) => text);
}

/** The same in any case. */
export function oneOfAnyCase(field: string, ...words: readonly string[]): Rule {
  return wordRule(field, words, (text) => text.toLowerCase());
}

function wordRule(field: string, words: readonly string[], read: (text: string) => string): Rule {
  return valueRule<string | readonly string[]>(field, (value) => {
    const odd = [value].flat().find((one) => !words.includes(read(one)));
    if (odd === undefined) return undefined;
    return {
      message: `\`${field}\` cannot be \`${odd}\``,
      hint: `one of ${words.filter((word) => word !== '').join(', ')}`,
    };
  });
}

/** A text that is an expression of RE2, or empty. */
export function regexp(field: string, severity?: 'warning'): RegexpRule {
  return { regexp: field, ...(severity === undefined ? {} : { severity }) };
}

/** A text or secret that is empty or of this form. */
export function shaped(field: string, form: RegExp, message: string, hint: string): Rule {
  return valueRule<string | Secret>(field, (value) => {
    const text = typeof value === 'string' ? value : value.reveal();
    return text === '' || form.test(text) ? undefined : { message: `\`${field}\` ${message}`, hint };
  });
}

/** A UUID in one of the forms that the reference reads. A warning, so that a config with placeholders can be checked. */
export function uuid(...fields: readonly string[]): readonly Rule[] {
  const hex = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
  const form = new RegExp(`^(urn:uuid:${hex}|\\{${hex}\\}|${hex}|[\\da-f]{32})$`, 'i');
  return fields.map((field) =>
    asWarning(shaped(field, form, 'is no UUID', 'as in `11111111-2222-3333-4444-555555555555`')),
  );
}

/** `host:port`, or `[v6]:port`. */
export function hostAndPort(field: string): Rule {
  return valueRule<string>(field, (value) =>
    /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(value)
      ? undefined
      : { message: `\`${field}\` must be an address with a port`, hint: 'write it as in `"0.0.0.0:8080"`' },
  );
}
