import { quote } from './quote.ts';
import { Secret } from './secret.ts';
import { Capsule, type CapsuleKind, type Value } from './value.ts';

/** A text that never becomes a plain string. Strings convert to it. */
export const secretKind: CapsuleKind<Secret> = {
  name: 'secret',
  equals: (a, b) => a.equals(b),
  from: (value) => secretFrom(value, 'hidden'),
  print: () => '(secret)',
};

/** A text that may be a secret; one that is none (`readable`) is used like a string. */
export const optionalSecretKind: CapsuleKind<Secret> = {
  name: 'optional_secret',
  equals: (a, b) => a.equals(b),
  from: (value) => secretFrom(value, 'readable'),
  print: (secret) => (secret.exposure === 'readable' ? quote(secret.reveal()) : '(secret)'),
};

/** The secret that a value holds, of either kind; undefined for any other value. */
export function secretOf(value: Value): Secret | undefined {
  return value instanceof Capsule && value.payload instanceof Secret ? value.payload : undefined;
}

/** A text that a function made out of a secret: hidden from people, but taken where a string is due. */
export function derivedSecret(text: string): Capsule<Secret> {
  return new Capsule(secretKind, new Secret(text, 'derived'));
}

/** The text of a secret that may be used as a string; undefined for every other value. */
export function readableText(value: Value): string | undefined {
  const secret = secretOf(value);
  return secret === undefined || secret.exposure === 'hidden' ? undefined : secret.reveal();
}

function secretFrom(value: Value, exposure: 'hidden' | 'readable'): Secret | undefined {
  if (typeof value === 'string') return new Secret(value, exposure);
  if (value === null) return new Secret('', exposure);
  const secret = secretOf(value);
  if (secret === undefined) return undefined;
  return secret.exposure === 'readable' && exposure === 'hidden' ? new Secret(secret.reveal()) : secret;
}
