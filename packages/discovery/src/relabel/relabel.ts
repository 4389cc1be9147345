import type { CapsuleKind } from '@pewter/language';
import { Target } from '../target.ts';
import { actions } from './actions.ts';
import { checkRelabelRule, type RelabelRuleArguments } from './rule-schema.ts';
import { SeriesLabels, TargetLabels, type WorkingLabels } from './working-labels.ts';

/** A rule ready to run. */
export interface RelabelRule {
  readonly arguments: RelabelRuleArguments;
  /** Changes the labels in place; false drops what carries them. */
  apply(labels: WorkingLabels): boolean;
}

/** Rules in the order in which they run. */
export type RelabelRules = readonly RelabelRule[];

/** The capsule `relabel.rules` that `discovery.relabel` exports. */
export const relabelRulesKind = {
  name: 'relabel.rules',
  equals: (a: RelabelRules, b: RelabelRules) =>
    a === b || (a.length === b.length && a.every((rule, index) => sameRule(rule, b[index]))),
} satisfies CapsuleKind<RelabelRules>;

function sameRule(rule: RelabelRule, other: RelabelRule | undefined): boolean {
  return other !== undefined && ruleText(rule) === ruleText(other);
}

/** What makes a rule what it is: its arguments, the expression as the user wrote it. */
function ruleText({ arguments: { regex, modulus, ...others } }: RelabelRule): string {
  return JSON.stringify([
    regex.source,
    modulus.toString(),
    others.source_labels,
    others.separator,
    others.target_label,
    others.replacement,
    others.action,
  ]);
}

/** A rule from the decoded arguments of its block. Throws an Error when the action refuses them. */
export function compileRule(args: RelabelRuleArguments): RelabelRule {
  const problem = checkRelabelRule(args);
  if (problem !== undefined) throw new Error(problem);
  return { arguments: args, apply: actions[args.action](args) };
}

/** The labels of a series after all rules; undefined when a rule drops it. `labels` stays as it is. */
export function relabelLabels(
  rules: RelabelRules,
  labels: Iterable<readonly [string, string]>,
): Map<string, string> | undefined {
  return applyAll(rules, new SeriesLabels(new Map(labels)));
}

/** The target after all rules, undefined when a rule drops it. A target that they leave alone is given back itself. */
export function relabel(rules: RelabelRules, target: Target): Target | undefined {
  const labels = applyAll(rules, labelsOf(target));
  if (labels === undefined) return undefined;
  const result = new Target(labels);
  return result.equals(target) ? target : result;
}

/** What one rule did. */
export interface RelabelStep {
  readonly rule: RelabelRuleArguments;
  readonly before: ReadonlyMap<string, string>;
  /** Absent when the rule dropped the target; no further rule has run then. */
  readonly after?: ReadonlyMap<string, string>;
}

/** The way of a target through the rules, one step for each rule that ran. */
export function explain(rules: RelabelRules, target: Target): readonly RelabelStep[] {
  const labels = labelsOf(target);
  const steps: RelabelStep[] = [];
  for (const rule of rules) {
    const before = new Map(labels.values);
    const kept = rule.apply(labels);
    steps.push({ rule: rule.arguments, before, ...(kept && { after: new Map(labels.values) }) });
    if (!kept) break;
  }
  return steps;
}

function labelsOf(target: Target): TargetLabels {
  return new TargetLabels(target.labels(), (name) => target.hasOwn(name));
}

function applyAll(rules: RelabelRules, labels: WorkingLabels): Map<string, string> | undefined {
  for (const rule of rules) if (!rule.apply(labels)) return undefined;
  return labels.values;
}
