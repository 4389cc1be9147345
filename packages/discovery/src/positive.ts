import type { Rule } from '@pewter/language';

/** Refuses a duration that is not above zero. */
export function positive(field: string): Rule {
  return {
    reads: [field],
    check: ({ [field]: value }) =>
      typeof value === 'number' && value <= 0
        ? { message: `\`${field}\` must be greater than zero`, field }
        : undefined,
  };
}

/** Refuses an interval of zero, with which the reference crashes; it loads one below zero, so that is a warning. Discoveries in which it checks the interval have {@link positive}. */
export const refreshInterval: Rule = {
  reads: ['refresh_interval'],
  check({ refresh_interval: value }) {
    const field = 'refresh_interval';
    if (value === 0) return { message: `\`${field}\` must be greater than zero`, field };
    if (typeof value !== 'number' || value > 0) return undefined;
    const message = `a negative \`${field}\` never comes due: targets are looked for once`;
    return { code: 'W0501', severity: 'warning', message, hint: 'give one above zero', field };
  },
};
