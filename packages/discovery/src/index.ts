import type { ComponentDefinition } from '@pewter/runtime';
import { httpDiscovery } from './http.ts';
import { relabelDiscovery } from './relabel-component.ts';

export { hashLabels } from './label-hash.ts';
export {
  compileRule,
  explain,
  type RelabelRule,
  type RelabelRules,
  type RelabelStep,
  relabel,
  relabelLabels,
  relabelRulesKind,
} from './relabel/relabel.ts';
export { type RelabelAction, type RelabelRuleArguments, relabelRuleBody } from './relabel/rule-schema.ts';
export { Target } from './target.ts';
export { targetKind } from './target-kind.ts';

/** The discovery components that run here. */
export const discoveryComponents: readonly ComponentDefinition[] = [httpDiscovery, relabelDiscovery];
