import type { Rule } from '@pewter/language';
import type { PyroscopeCode } from './codes.ts';

/** Warns where a config uses a block of ours: Alloy refuses such a file. */
export function notPortable(field: string): Rule {
  return {
    reads: [field],
    check(_body, given) {
      if (!given.has(field)) return undefined;
      const code: PyroscopeCode = 'W0511';
      const message = `the block \`${field}\` is pewter's own: Alloy refuses a config that has it`;
      const hint = `leave \`${field}\` out where the file must run in both`;
      return { severity: 'warning', code, field, message, hint };
    },
  };
}
