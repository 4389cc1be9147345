import type { Labels } from '../kubernetes-pod.ts';
import { textOf } from '../untrusted.ts';

/** What all meta labels of Kubernetes begin with. */
export const prefix = '__meta_kubernetes_';

/** Labels with the names after the prefix; a value that is null or absent gives no label. */
export function metaLabels(values: Readonly<Record<string, unknown>>): Labels {
  const labels: Labels = new Map();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    labels.set(prefix + name, typeof value === 'boolean' ? String(value) : textOf(value));
  }
  return labels;
}
