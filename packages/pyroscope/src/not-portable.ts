import type { Rule } from '@pewter/language';
import type { PyroscopeCode } from './codes.ts';

const codes = { block: 'W0511', argument: 'W0512' } as const satisfies Record<string, PyroscopeCode>;

/** Warns where a config uses a block or argument of ours: Alloy refuses such a file. */
export function notPortable(field: string, what: keyof typeof codes = 'block'): Rule {
  return {
    reads: [field],
    check(_body, given) {
      if (!given.has(field)) return undefined;
      const code = codes[what];
      const message = `the ${what} \`${field}\` is pewter's own: Alloy refuses a config that has it`;
      const hint = `leave \`${field}\` out where the file must run in both`;
      return { severity: 'warning', code, field, message, hint };
    },
  };
}
