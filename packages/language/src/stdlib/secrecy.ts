import { derivedSecret, secretOf } from '../secret-kinds.ts';
import { asObject, isArray, type Value } from '../value.ts';

/** The text, kept from sight when one of the values that it was made of is or holds a secret. */
export function hideIfSecret(text: string, sources: readonly Value[]): Value {
  return sources.some(holdsSecret) ? derivedSecret(text) : text;
}

function holdsSecret(value: Value): boolean {
  if (isArray(value)) return value.some(holdsSecret);
  const secret = secretOf(value);
  if (secret !== undefined) return secret.exposure !== 'readable';
  return asObject(value)?.entries.values().some(holdsSecret) ?? false;
}
