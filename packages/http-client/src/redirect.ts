import { HttpClientError, shownUrl } from './http-client-error.ts';

/** What a redirect reads and changes of a request. */
export interface Step {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string | undefined;
  /** It went to another host once; credentials stay at home from then on. */
  readonly foreign: boolean;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const credentialHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'www-authenticate']);
/** They speak of a body, and go with it. */
const bodyHeaders: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);

/** The next request of a redirect, as Go's client makes it; undefined where the response is the last. */
export function redirected(step: Step, status: number, location: string | undefined): Step | undefined {
  if (!redirectStatuses.has(status) || location === undefined) return undefined;
  const target = URL.parse(location, step.url);
  if (target === null) {
    throw new HttpClientError('redirect', `a redirect of ${shownUrl(step.url)} leads to no valid URL`);
  }
  const foreign = step.foreign || !sameHost(new URL(step.url), target);
  const keep = status === 307 || status === 308;
  const headers = { ...headersFor(step, { foreign, keep }), ...referer(new URL(step.url), target) };
  if (keep) return { ...step, url: target.href, headers, foreign };
  const method = step.method === 'HEAD' ? 'HEAD' : 'GET';
  return { method, url: target.href, headers, body: undefined, foreign };
}

function headersFor(step: Step, { foreign, keep }: { foreign: boolean; keep: boolean }) {
  const stays = (name: string) =>
    !(foreign && credentialHeaders.has(name)) && (keep || !bodyHeaders.has(name));
  return Object.fromEntries(Object.entries(step.headers).filter(([name]) => stays(name.toLowerCase())));
}

/** Go names the page it comes from, save when that would tell a plain connection of a secure one. */
function referer(from: URL, to: URL): Record<string, string> {
  if (from.protocol === 'https:' && to.protocol === 'http:') return {};
  return { referer: shownUrl(from.href) };
}

/** One host and port; a step down from https to http counts as another host. */
function sameHost(from: URL, to: URL): boolean {
  return from.host === to.host && !(from.protocol === 'https:' && to.protocol === 'http:');
}
