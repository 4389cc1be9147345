import { Target } from './target.ts';

/** What the keys of a group mean; other keys are refused. */
export type GroupKey = (key: string) => string;

/**
 * The targets of a list of groups as Prometheus' HTTP and file discoveries have it: `[{"targets": ["host:port"],
 * "labels": {…}}]`, of objects or of maps. `shared` goes to every target and wins over a label of its group. As in Go,
 * null stands for what is empty. Throws an Error that says which group is wrong and how.
 */
export function targetsOfGroups(
  groups: unknown,
  shared: readonly [string, string],
  keyOf: GroupKey = anyCase,
): Target[] {
  if (groups === null) return [];
  if (!Array.isArray(groups)) throw new Error('the answer is no list of target groups');
  return groups.flatMap((group: unknown, index) => {
    try {
      return targetsOfGroup(group, shared, keyOf);
    } catch (error) {
      throw new Error(`target group ${index} ${(error as Error).message}`, { cause: error });
    }
  });
}

/** Go's JSON takes keys in any case of letters. */
const anyCase: GroupKey = (key) => key.toLowerCase();

function targetsOfGroup(group: unknown, shared: readonly [string, string], keyOf: GroupKey): Target[] {
  const fields = new Map<string, unknown>();
  for (const [key, value] of entriesOf(group) ?? fail('is no object')) {
    const name = keyOf(String(key));
    if (name !== 'targets' && name !== 'labels') throw new Error(`has the unknown key \`${String(key)}\``);
    fields.set(name, value);
  }
  const labels = labelsOf(fields.get('labels') ?? {}).set(...shared);
  const addresses = fields.get('targets') ?? [];
  if (!Array.isArray(addresses)) throw new Error('has `targets` that are no list');
  return addresses.map((address: unknown) => {
    const text = textOf(address) ?? fail('has a target that is no text');
    return new Target(new Map([['__address__', text]]), labels);
  });
}

function labelsOf(labels: unknown): Map<string, string> {
  const entries = entriesOf(labels) ?? fail('has `labels` that are no object');
  return new Map(
    entries.map(([name, value]): [string, string] => {
      if (name === '') throw new Error('has a label without a name');
      const label = textOf(name) ?? fail('has a label whose name is no text');
      return [label, textOf(value) ?? fail(`has a label \`${label}\` that is no text`)];
    }),
  );
}

function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (value instanceof Map) return [...value];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value);
}

function textOf(value: unknown): string | undefined {
  if (value === null) return '';
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

function fail(message: string): never {
  throw new Error(message);
}
