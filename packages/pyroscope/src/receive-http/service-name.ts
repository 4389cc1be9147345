import { type Label, sortedLabels } from '../labels.ts';

/**
 * The labels with a service: `service_name` is `__name__` where there is none; where there is one, `__name__` stays
 * readable as `app_name`. Of two labels of one name the last counts, and an empty one is none.
 */
export function withServiceName(given: Iterable<Label>): readonly Label[] {
  const labels = new Map<string, string>();
  for (const { name, value } of given) {
    if (value === '') labels.delete(name);
    else labels.set(name, value);
  }
  const name = labels.get('__name__') ?? '';
  const target = labels.has('service_name') ? 'app_name' : 'service_name';
  if (name === '') labels.delete(target);
  else labels.set(target, name);
  return sortedLabels(labels);
}
