import { httpClientRules } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import { atLeast, valueRule } from './value-rules.ts';

/** Rules of the blocks that configure the program, after their `Validate` in the reference. */
export const configBlockRules: RuleTable = {
  remotecfg: {
    '': [
      atLeast('poll_frequency', 10_000, '10s'),
      valueRule<ReadonlyMap<string, unknown>>('attributes', (attributes) => {
        const reserved = [...attributes.keys()].find((name) => name.startsWith('collector.'));
        return reserved === undefined
          ? undefined
          : { message: `attribute \`${reserved}\` begins with \`collector.\`, which is reserved` };
      }),
      ...httpClientRules,
    ],
  },
};
