import { posix } from 'node:path';

/** Query parameters: each name with its values in order. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** The URL of a profile, escaped as Go's net/url does, so that the stable hash of a target is the reference's. */
export function profileUrl(scheme: string, address: string, path: string, params: Params): string {
  const query = encodeQuery(params);
  return `${scheme}://${address}${escapePath(path)}${query === '' ? '' : `?${query}`}`;
}

/** Prefix and path as one clean path that begins with a slash. */
export function joinPath(prefix: string, path: string): string {
  return posix.join('/', prefix, path);
}

function escapePath(path: string): string {
  return escapeUnsafe(path, /[^A-Za-z0-9\-_.~$&+,/:;=@]/gu);
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

function escapeUnsafe(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );
}
