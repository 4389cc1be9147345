import { posix } from 'node:path';
import { escapeUnsafe, goPath } from '@pewter/language';

/** Query parameters: each name with its values in order. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** The URL of a profile, escaped as Go's net/url does, so that the stable hash of a target is the reference's. */
export function profileUrl(scheme: string, address: string, path: string, params: Params): string {
  const query = encodeQuery(params);
  const host = escapeUnsafe(address, /[^A-Za-z0-9\-_.~!"$&'()*+,:;<=>[\]]/gu);
  return `${scheme === '' ? '' : `${scheme}:`}//${host}${goPath(path)}${query === '' ? '' : `?${query}`}`;
}

/** Prefix and path as one clean path, as Go joins them: it ends with a slash where `path` does, and may be empty. */
export function joinPath(prefix: string, path: string): string {
  const joined = posix.join('/', prefix, path).replace(/\/$/, '');
  return path.endsWith('/') ? `${joined}/` : joined;
}

function encodeQuery(params: Params): string {
  return [...params]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => values.map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join('&');
}

function escapeQuery(text: string): string {
  return escapeUnsafe(text, /[^A-Za-z0-9\-_.~ ]/gu).replaceAll(' ', '+');
}
