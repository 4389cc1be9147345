import { type RelabelRule, type RelabelRules, relabelLabels } from '@pewter/discovery';
import { type Label, sortedLabels } from '../labels.ts';
import type { Relabelled } from './label-cache.ts';

type Labels = ReadonlyMap<string, string>;

/** The only names that `replace` sets here, as in the reference; of targets it sets any. */
const plainName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The labels that rules leave, undefined where they drop the profile or leave none. */
export function applyRules(rules: RelabelRules, labels: readonly Label[]): Relabelled {
  if (rules.length === 0) return labels;
  let left: Labels | undefined = new Map(labels.map(({ name, value }) => [name, value] as const));
  for (const group of groupsOf(rules)) left = left && applyGroup(group, left);
  return left === undefined || left.size === 0 ? undefined : sortedLabels(left);
}

/** Rules that can run together; one that may set a name of any kind stands alone. */
function groupsOf(rules: RelabelRules): readonly RelabelRules[] {
  const groups: RelabelRule[][] = [[]];
  for (const rule of rules) {
    if (setsAnyName(rule)) groups.push([rule], []);
    else groups.at(-1)?.push(rule);
  }
  return groups.filter((group) => group.length > 0);
}

function setsAnyName({ arguments: { action, target_label: name } }: RelabelRule): boolean {
  return action === 'replace' && !plainName.test(name);
}

function applyGroup(group: RelabelRules, before: Labels): Labels | undefined {
  const after = relabelLabels(group, before);
  const [only] = group;
  if (after === undefined || only === undefined || !setsAnyName(only)) return after;
  return withoutOddChanges(before, after);
}

/** What has become of names that are not plain did not happen. */
function withoutOddChanges(before: Labels, after: Labels): Labels {
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...names].flatMap((name) => {
      const value = (plainName.test(name) ? after : before).get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
