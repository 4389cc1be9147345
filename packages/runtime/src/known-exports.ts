import type { BodySchema, Field, Value } from '@pewter/language';

const secrets = new WeakMap<BodySchema, BodySchema>();

/**
 * What a component exports, as far as its arguments tell before it runs: a content that may be a secret is one where
 * `is_secret = true` is written (`local.file`, `remote.http`, `remote.s3`).
 */
export function knownExports(exports: BodySchema, args: ReadonlyMap<string, Value>): BodySchema {
  if (args.get('is_secret') !== true) return exports;
  const known = secrets.get(exports) ?? { fields: Object.fromEntries(secretFields(exports)), rules: [] };
  secrets.set(exports, known);
  return known;
}

function secretFields({ fields }: BodySchema): readonly (readonly [string, Field])[] {
  return Object.entries(fields).map(([name, field]) =>
    field.kind === 'attribute' && field.type === 'optional_secret'
      ? ([name, { ...field, type: 'secret' }] as const)
      : ([name, field] as const),
  );
}
