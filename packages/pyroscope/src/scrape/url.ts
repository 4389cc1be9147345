import { posix } from 'node:path';

/** Query parameters: each name with its values in order. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** The URL of a profile, escaped as Go's net/url does, so that the stable hash of a target is the reference's. */
export function profileUrl(scheme: string, address: string, path: string, params: Params): string {
  const query = encodeQuery(params);
  const host = escapeUnsafe(address, /[^A-Za-z0-9\-_.~!"$&'()*+,:;<=>[\]]/gu);
  return `${scheme === '' ? '' : `${scheme}:`}//${host}${escapePath(path)}${query === '' ? '' : `?${query}`}`;
}

/** Prefix and path as one clean path, as Go joins them: it ends with a slash where `path` does, and may be empty. */
export function joinPath(prefix: string, path: string): string {
  const joined = posix.join('/', prefix, path).replace(/\/$/, '');
  return path.endsWith('/') ? `${joined}/` : joined;
}

const unsafeInPaths = /[^A-Za-z0-9\-_.~$&+,/:;=@]/gu;

/** A path that is escaped already stays so, whatever may stand unescaped in one; else all of it is. */
function escapePath(path: string): string {
  const isEscaped = /^(?:[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]]|%[0-9A-Fa-f]{2})*$/.test(path);
  return isEscaped ? path : escapeUnsafe(unescapedPath(path), unsafeInPaths, 'latin1');
}

/** The bytes of a path, each as a character. Where a `%` is not followed by two digits, all of them are taken as they stand. */
function unescapedPath(path: string): string {
  const bytes = Buffer.from(path).toString('latin1');
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return bytes;
  return bytes.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
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

function escapeUnsafe(text: string, unsafe: RegExp, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  const escaped = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return text.replace(unsafe, (character) => Array.from(Buffer.from(character, encoding), escaped).join(''));
}
