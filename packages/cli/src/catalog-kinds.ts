import type { Kinds } from '@pewter/catalog';
import { relabelRuleBody, relabelRulesKind, targetKind } from '@pewter/discovery';
import { type CapsuleKind, optionalSecretKind, secretKind, type TextKind } from '@pewter/language';
import { profilesReceiverKind } from '@pewter/pyroscope';

/** Of a list of lists of targets only our own components make one list. */
const { flattens: _, ...strictTargetKind } = targetKind;

const shared = [strictTargetKind, relabelRulesKind, profilesReceiverKind, secretKind, optionalSecretKind];

/** What our components and the catalogue's share, so that both fit together in one config and follow the same rules. */
export const catalogKinds: Kinds = {
  capsules: Object.fromEntries(shared.map((kind) => [kind.name, kind as CapsuleKind<unknown>])),
  texts: {},
  bodies: { 'relabel.Config': relabelRuleBody },
  checkRegexp: (text) => expressionKind().parse(text),
};

/** The syntax of regular expressions, as relabel rules have it. */
function expressionKind(): TextKind<unknown> {
  const field = relabelRuleBody.fields.regex;
  if (field?.kind === 'attribute' && typeof field.type === 'object' && 'text' in field.type)
    return field.type.text;
  throw new Error('a relabel rule has no regular expression');
}
