import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpAuth } from './http-block.ts';

/** What tells whether a request may go on: its URL as it came, and its `Authorization` header. */
export type Gate = (url: string, authorization: string | undefined) => boolean;

export const openGate: Gate = () => true;

/**
 * The gate that an `auth` block describes: without a `filter` it guards everything. Paths are compared by their beginnings, as in
 * the reference: those that match are guarded or, with `authenticate_matching_paths = false`, all others.
 */
export function gateOf(auth: HttpAuth | undefined): Gate {
  const { basic, filter } = auth ?? {};
  if (basic === undefined) return openGate;
  const expected = [digest(basic.username), digest(basic.password.reveal())] as const;
  return (url, authorization) => {
    if (!isGuarded(formsOf(url), filter)) return true;
    const given = credentialsOf(authorization);
    if (given === undefined) return false;
    // Both are compared, so that the time it takes tells nothing of either.
    const [user, password] = given.map((one, at) => timingSafeEqual(digest(one), expected[at] ?? digest('')));
    return user === true && password === true;
  };
}

function isGuarded(forms: readonly string[], filter: HttpAuth['filter']): boolean {
  if (filter === undefined) return true;
  const matches = (form: string) => filter.paths.some((path) => form.startsWith(path));
  return filter.authenticate_matching_paths ? forms.some(matches) : !forms.every(matches);
}

/** A path as it came and as the router reads it: an escaped letter must not lead around the gate. */
function formsOf(url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? '';
  try {
    return [path, decodeURIComponent(path)];
  } catch {
    return [path];
  }
}

function credentialsOf(authorization: string | undefined): readonly [string, string] | undefined {
  const [, encoded] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
}

/** Digests are of one length, so that comparing them does not tell how long the secret is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
