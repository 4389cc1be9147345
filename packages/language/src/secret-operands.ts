import { Secret } from './secret.ts';
import { optionalSecretKind, secretKind, secretOf } from './secret-kinds.ts';
import { Capsule, type Value } from './value.ts';

/** True for a text that a function made of a secret. */
export function isDerived(value: Value): boolean {
  return secretOf(value)?.exposure === 'derived';
}

/** The text of such a value; every other value as it is. */
export function plainIfDerived(value: Value): Value {
  const secret = secretOf(value);
  return secret?.exposure === 'derived' ? secret.reveal() : value;
}

/** Brings secrets and strings to one type: a secret wins over an optional one, which wins over a string. */
export function unwrap(left: Value, right: Value): readonly [Value, Value] {
  const a = secretOf(left);
  const b = secretOf(right);
  if (a === undefined && b === undefined) return [left, right];
  if (isSecretKind(left) || isSecretKind(right)) return [asSecret(left), asSecret(right)];
  if (typeof left === 'string' && b !== undefined) return unwrapString(left, right, b);
  if (typeof right === 'string' && a !== undefined) {
    const [second, first] = unwrapString(right, left, a);
    return [first, second];
  }
  return [left, right];
}

function unwrapString(text: string, other: Value, secret: Secret): readonly [Value, Value] {
  if (secret.exposure === 'readable') return [text, secret.reveal()];
  return [new Capsule(optionalSecretKind, new Secret(text)), other];
}

/** True for a secret that is no optional one. */
export function isSecretKind(value: Value): boolean {
  return value instanceof Capsule && value.kind.name === secretKind.name;
}

function asSecret(value: Value): Value {
  if (typeof value === 'string') return new Capsule(secretKind, new Secret(value));
  const secret = secretOf(value);
  return secret === undefined ? value : new Capsule(secretKind, new Secret(secret.reveal()));
}
