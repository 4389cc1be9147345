import { relabelRuleBody, relabelRulesKind } from '@pewter/discovery';
import {
  blocks,
  body,
  capsule,
  type Infer,
  int,
  list,
  type Rule,
  required,
  withDefault,
} from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';
import { profilesReceiverKind } from '../profiles-receiver.ts';

const positiveCacheSize: Rule = {
  reads: ['max_cache_size'],
  check({ max_cache_size: size }) {
    if (typeof size !== 'number' || size > 0) return undefined;
    const code: PyroscopeCode = 'E0516';
    const field = 'max_cache_size';
    return { code, field, message: `${field} must be greater than 0`, hint: 'leave it out for 10000' };
  },
};

/** The arguments of pyroscope.relabel with the reference's defaults. */
export const relabelArguments = body(
  {
    forward_to: required(list(capsule(profilesReceiverKind))),
    rule: blocks(relabelRuleBody),
    max_cache_size: withDefault(int, 10_000),
  },
  [positiveCacheSize],
);

/** What pyroscope.relabel exports. */
export const relabelExports = body({
  receiver: required(capsule(profilesReceiverKind)),
  rules: required(capsule(relabelRulesKind)),
});

/** The decoded arguments. */
export type RelabelArguments = Infer<typeof relabelArguments>;
/** The exports. */
export type RelabelExports = Infer<typeof relabelExports>;
