import { asWarning, EvaluationError, type Rule } from '@pewter/language';
import type { KindTable } from '../kinds.ts';
import type { RegexpRule, RuleData } from './rule-data.ts';

/** The rules of a body, with those on regular expressions where these can be compiled. */
export function bodyRules(known: readonly RuleData[], { checkRegexp }: KindTable): readonly Rule[] {
  return known.flatMap((rule) => {
    if (!('regexp' in rule)) return [rule];
    if (checkRegexp === undefined) return [];
    const checked = regexpRule(rule, checkRegexp);
    return [rule.severity === 'warning' ? asWarning(checked) : checked];
  });
}

function regexpRule({ regexp: field }: RegexpRule, check: (text: string) => unknown): Rule {
  return {
    reads: [field],
    check(body) {
      const text = body[field];
      if (typeof text !== 'string' || text === '') return undefined;
      try {
        check(text);
        return undefined;
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        const { code, message, hint } = error;
        return { code, message: `\`${field}\`: ${message}`, field, ...(hint === undefined ? {} : { hint }) };
      }
    },
  };
}
