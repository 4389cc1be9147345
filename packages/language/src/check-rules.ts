import type { Range } from '@pewter/syntax';
import { failed, unknown } from './decode-value.ts';
import type { BodySchema, Rule, RuleViolation } from './schema.ts';

/** A rule that a body breaks, and the field to point at where it was given. */
export interface BrokenRule {
  readonly violation: RuleViolation;
  readonly at: Range | undefined;
}

/**
 * The rules of a schema that a decoded body breaks. `given` says which fields stand in the source, and where.
 * A rule is left alone when something that it reads is not known.
 */
export function checkRules(
  schema: BodySchema,
  record: Readonly<Record<string, unknown>>,
  given: ReadonlyMap<string, Range>,
): readonly BrokenRule[] {
  const names = new Set(given.keys());
  return schema.rules.flatMap((rule) => {
    if (rule.reads.some((name) => record[name] === unknown || record[name] === failed)) return [];
    const violation = rule.check(record, names);
    if (violation === undefined) return [];
    return [{ violation, at: violation.field === undefined ? undefined : given.get(violation.field) }];
  });
}

/** A rule as a warning: for what the reference loads all the same. */
export function asWarning({ reads, check }: Rule): Rule {
  return {
    reads,
    check(body, given) {
      const violation = check(body, given);
      return violation && { ...violation, code: 'W0501', severity: 'warning' };
    },
  };
}
