import { Target } from './target.ts';

/**
 * The targets of a list of groups as Prometheus' HTTP and file discoveries have it: `[{"targets": ["host:port"],
 * "labels": {…}}]`. `shared` labels go to every target and win over those of the group. Throws an Error that says
 * which group is wrong and how.
 */
export function targetsOfGroups(
  groups: unknown,
  shared: (index: number) => readonly [string, string],
): Target[] {
  if (groups === null) return [];
  if (!Array.isArray(groups)) throw new Error('the answer is no list of target groups');
  return groups.flatMap((group: unknown, index) => targetsOfGroup(group, index, shared(index)));
}

function targetsOfGroup(group: unknown, index: number, shared: readonly [string, string]): Target[] {
  if (!isRecord(group)) throw new Error(`target group ${index} is no object`);
  const unknownKey = Object.keys(group).find((key) => key !== 'targets' && key !== 'labels');
  if (unknownKey !== undefined)
    throw new Error(`target group ${index} has the unknown key \`${unknownKey}\``);
  const labels = labelsOf(group.labels ?? {}, index);
  labels.set(...shared);
  const addresses = group.targets ?? [];
  if (!Array.isArray(addresses)) throw new Error(`\`targets\` of target group ${index} is no list`);
  return addresses.map((address: unknown) => {
    if (typeof address !== 'string') throw new Error(`a target of target group ${index} is no text`);
    return new Target(new Map([['__address__', address]]), labels);
  });
}

function labelsOf(labels: unknown, index: number): Map<string, string> {
  if (!isRecord(labels)) throw new Error(`\`labels\` of target group ${index} is no object`);
  const entries = Object.entries(labels).map(([name, value]): [string, string] => {
    if (name === '' || !name.isWellFormed())
      throw new Error(`target group ${index} has an invalid label name`);
    if (typeof value !== 'string') throw new Error(`label \`${name}\` of target group ${index} is no text`);
    return [name, value];
  });
  return new Map(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
