import type { BodySchema, Field } from './schema.ts';

const lists = new WeakMap<BodySchema, readonly (readonly [name: string, field: Field])[]>();

/** The fields of a schema in their order; listed once, since bodies of one schema are decoded over and over. */
export function fieldList(schema: BodySchema): readonly (readonly [name: string, field: Field])[] {
  const known = lists.get(schema);
  if (known !== undefined) return known;
  const list = Object.entries(schema.fields);
  lists.set(schema, list);
  return list;
}
