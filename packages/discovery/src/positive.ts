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
