import { Hole } from '../hole.ts';
import type { Secret } from '../secret.ts';
import { optionalSecretKind, secretOf } from '../secret-kinds.ts';
import { asObject, Capsule, FunctionValue, isArray, NumberValue, type Value } from '../value.ts';

/** The first argument that is not empty (null, false, zero, an empty text, list or object), else the last. */
export const coalesce = new FunctionValue('coalesce', (args) => {
  for (const value of args) {
    if (value instanceof Hole) return new Hole(args.length === 1 ? value.type : undefined);
    if (!isEmpty(value)) return value;
  }
  return args.at(-1) ?? null;
});

function isEmpty(value: Value): boolean {
  if (value === null || value === false || value === '') return true;
  if (value instanceof NumberValue) return value.toNumber() === 0;
  if (isArray(value)) return value.length === 0;
  const secret = secretOf(value);
  if (secret !== undefined) return secret.reveal() === '' && !isHiddenOptional(value, secret);
  return asObject(value)?.entries.size === 0;
}

/** An optional secret that is one is never empty, whatever its text: so in the reference, which looks at both. */
function isHiddenOptional(value: Value, secret: Secret): boolean {
  return (
    value instanceof Capsule && value.kind.name === optionalSecretKind.name && secret.exposure === 'hidden'
  );
}
