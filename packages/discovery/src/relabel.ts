import { blocks, body, capsule, type Infer, list, required } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { relabelRulesKind } from './relabel/relabel.ts';
import { relabelRuleBody } from './relabel/rule-schema.ts';
import { targetKind } from './target-kind.ts';

/** The body of `discovery.relabel`. */
export const relabelArguments = body({
  targets: required(list(capsule(targetKind))),
  rule: blocks(relabelRuleBody),
});

const relabelExports = body({
  output: required(list(capsule(targetKind))),
  rules: required(capsule(relabelRulesKind)),
});

/** The decoded arguments of `discovery.relabel`. */
export type RelabelArguments = Infer<typeof relabelArguments>;

/** What `discovery.relabel` exports. */
export type RelabelExports = Infer<typeof relabelExports>;

/** `discovery.relabel`: targets with rules applied, and the rules themselves for others to use. */
export const relabelDiscovery = defineComponent({
  name: 'discovery.relabel',
  stability: 'generally-available',
  arguments: relabelArguments,
  exports: relabelExports,
  implementation: () => import('./relabel-component.ts'),
});
