import { hashLabels } from './label-hash.ts';
import type { Target } from './target.ts';

const metaPrefix = '__meta_';

/** xxHash64 over all labels that do not begin with `__meta_`: targets that agree here are one to their owner. */
export function nonMetaLabelsHash(target: Target): bigint {
  return hashOf(target, (name) => !name.startsWith(metaPrefix));
}

/** xxHash64 over all labels. */
export function allLabelsHash(target: Target): bigint {
  return hashOf(target, () => true);
}

/** xxHash64 over those of the named labels that the target has. */
export function specificLabelsHash(target: Target, names: Iterable<string>): bigint {
  const chosen = new Set(names);
  return hashOf(target, (name) => chosen.has(name));
}

function hashOf(target: Target, chosen: (name: string) => boolean): bigint {
  return hashLabels([...target.labels()].filter(([name]) => chosen(name)));
}
