import { HttpClientError, shownUrl, withoutUser } from './http-client-error.ts';

/** What a redirect reads and changes of a request. */
export interface Step {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string | undefined;
  /** The URL that was asked first. */
  readonly firstUrl: string;
  /** The page it comes from, unless its headers say so. */
  readonly referer: string | undefined;
  /** It went to another host once; credentials stay at home from then on, even when it comes back. */
  readonly foreign: boolean;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Headers that no other host gets to see, in lower case; those that Go's client and Prometheus' keep to themselves. */
export const credentialHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'cookie2',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
]);

/** They speak of a body, and go with it. */
const bodyHeaders: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);

/** The next request of a redirect, as Go's client makes it; undefined where the response is the last. */
export function redirected(step: Step, status: number, location: string | undefined): Step | undefined {
  if (!redirectStatuses.has(status) || !location) return undefined;
  const target = URL.parse(location, step.url);
  if (target === null) {
    throw new HttpClientError('redirect', `a redirect of ${shownUrl(step.url)} leads to no valid URL`);
  }
  const from = new URL(step.url);
  const foreign = step.foreign || isForeign(new URL(step.firstUrl), from, target);
  const keep = status === 307 || status === 308;
  const headers = headersFor(step, { foreign, keep });
  const next = { ...step, url: target.href, headers, referer: referer(from, target), foreign };
  return keep ? next : { ...next, method: step.method === 'HEAD' ? 'HEAD' : 'GET', body: undefined };
}

function headersFor(step: Step, { foreign, keep }: { foreign: boolean; keep: boolean }) {
  const stays = (name: string) =>
    !(foreign && credentialHeaders.has(name)) && (keep || !bodyHeaders.has(name));
  return Object.fromEntries(Object.entries(step.headers).filter(([name]) => stays(name.toLowerCase())));
}

/** Go names the page it comes from, save when that would tell a plain connection of a secure one. */
function referer(from: URL, to: URL): string | undefined {
  return isStepDown(from, to) ? undefined : withoutUser(from.href);
}

/** Another port of a host is no other host, nor is a name below it; without TLS, what followed a secure request is among strangers. */
function isForeign(first: URL, from: URL, to: URL): boolean {
  return isStepDown(from, to) || !(to.hostname === first.hostname || isBelow(to.hostname, first.hostname));
}

function isBelow(name: string, parent: string): boolean {
  return !name.startsWith('[') && name.endsWith(`.${parent}`);
}

function isStepDown(from: URL, to: URL): boolean {
  return from.protocol === 'https:' && to.protocol === 'http:';
}
