import { asWarning } from '@pewter/language';
import { isSet } from './count-rules.ts';
import type { RuleTable } from './rule-table.ts';
import { oneOf, valueRule } from './value-rules.ts';

const sampler = [
  oneOf(
    'name',
    '',
    'always_off',
    'always_on',
    'parentbased_always_off',
    'parentbased_always_on',
    'parentbased_traceidratio',
    'traceidratio',
  ),
  valueRule<string>(
    'name',
    (name, { arg }) => {
      if (!name.endsWith('traceidratio')) return undefined;
      const ratio = typeof arg === 'string' && arg.trim() !== '' ? Number(arg) : Number.NaN;
      if (ratio >= 0 && ratio <= 1) return undefined;
      return { message: `sampler \`${name}\` needs an \`arg\` between 0 and 1`, hint: 'as in `arg = "0.5"`' };
    },
    ['arg'],
  ),
];

/** Rules of what looks into programs from outside, after the reference. */
export const profilingRules: RuleTable = {
  'beyla.ebpf': {
    '': [oneOf('trace_printer', '', 'counter', 'disabled', 'json', 'json_indent', 'text')],
    sampler,
  },
  'pyroscope.ebpf': { '': [oneOf('comm', '', 'none', 'label', 'stackframe', 'both')] },
  'pyroscope.java': {
    profiling_config: [
      // The reference has this rule and never applies it.
      asWarning(
        valueRule<boolean>(
          'tlab',
          (tlab, { alloc, custom_arguments: own }) =>
            tlab && !isSet(alloc) && !isSet(own) ? { message: '`tlab` needs `alloc`' } : undefined,
          ['alloc', 'custom_arguments'],
        ),
      ),
    ],
  },
};
