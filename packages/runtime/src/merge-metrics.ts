import type { Registry } from 'prom-client';

/** Metrics of one component, with the labels that tell it from others. */
export interface LabelledRegistry {
  readonly registry: Registry;
  readonly labels: Readonly<Record<string, string>>;
}

interface Family {
  readonly head: string[];
  readonly samples: string[];
}

/**
 * All registries as one text in the format of Prometheus: each metric family once, however many registries
 * hold it. A registry that fails is left out, and so are its metrics alone.
 */
export async function mergeMetrics(registries: readonly LabelledRegistry[]): Promise<string> {
  const families = new Map<string, Family>();
  for (const { registry, labels } of registries) {
    registry.setDefaultLabels(labels);
    addText(families, await registry.metrics().catch(() => ''));
  }
  const lines = [...families]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, one]) => [...one.head, ...one.samples]);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Samples follow the `# HELP` and `# TYPE` lines of their family; so does prom-client write them. */
function addText(families: Map<string, Family>, text: string): void {
  let family: Family = { head: [], samples: [] };
  let isNew = false;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('# HELP ')) {
      const name = line.split(' ', 3)[2] ?? '';
      isNew = !families.has(name);
      family = families.get(name) ?? { head: [], samples: [] };
      families.set(name, family);
    }
    if (!line.startsWith('#')) family.samples.push(line);
    else if (isNew) family.head.push(line);
  }
}
