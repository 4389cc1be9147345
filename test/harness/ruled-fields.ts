import type { BodySchema } from '@pewter/language';

const deepest = 8;

/** The paths of all fields that some rule of a schema reads, as in `filter.values`. */
export function ruledFields(schema: BodySchema, path = '', depth = 0): ReadonlySet<string> {
  const found = new Set(schema.rules.flatMap(({ reads }) => reads.map((field) => `${path}${field}`)));
  if (depth === deepest) return found;
  for (const [name, field] of Object.entries(schema.fields)) {
    if (field.kind !== 'block') continue;
    for (const inner of ruledFields(field.body, `${path}${name}.`, depth + 1)) found.add(inner);
  }
  return found;
}
