import { HttpClientError, type HttpErrorKind, shownUrl } from '@pewter/http-client';
import { firstBytes, type ProfileError, type ProfileErrorKind } from '@pewter/pprof';
import { proxyHint } from '../proxy-hint.ts';

/** The kinds of failed scrapes; failures of one kind of one target are one story in the log. */
export type FailureKind = HttpErrorKind | ProfileErrorKind | 'status' | 'content-type' | 'internal';

/** A failed scrape that explains itself. */
export interface ScrapeFailure {
  readonly kind: FailureKind;
  /** What happened, with URL, status and the beginning of the body where there are such. */
  readonly message: string;
  /** What to look at or change; undefined where there is no good guess. */
  readonly hint: string | undefined;
  readonly statusCode?: number;
  readonly bytes?: number;
}

const statusHints: Readonly<Record<number, string>> = {
  401: 'the target wants credentials: give basic_auth, authorization, bearer_token or oauth2',
  403: 'the target lets nobody do this without credentials, if at all: give basic_auth, authorization, bearer_token or oauth2',
  404: 'the target does not serve this profile: set the path of its profile block or path_prefix, or disable the block',
  407: 'the proxy wants other credentials: look at the user and password in proxy_url',
  500: 'look into the log of the target; a Go target fails so while something else takes its CPU profile',
};

const credentialsRefused =
  'the target refuses the credentials that it was given: look at basic_auth, authorization, bearer_token or oauth2';
/** The same where the request had credentials. */
const withCredentials: Readonly<Record<number, string>> = {
  401: credentialsRefused,
  403: credentialsRefused,
};

const alreadyProfiled =
  'a Go target takes one CPU profile at a time: another scraper, an SDK that pushes profiles or a second pyroscope.scrape of the same target takes it; disable profile.process_cpu in one of them';

/** A status other than 2xx; the beginning of its body, and whether the request had credentials. */
export function statusFailure(
  status: number,
  url: string,
  { body, credentials }: { readonly body: string; readonly credentials: boolean },
): ScrapeFailure {
  const moved = status >= 300 && status < 400;
  return {
    kind: 'status',
    message: `server returned HTTP status (${status}) for ${shownUrl(url)}${body === '' ? '' : `: ${body}`}`,
    hint: body.includes('cpu profiling already in use')
      ? alreadyProfiled
      : moved
        ? 'the target redirects: set follow_redirects = true, or the path it redirects to'
        : ((credentials ? withCredentials[status] : undefined) ?? statusHints[status]),
    statusCode: status,
  };
}

/** A type under which no profile is served. */
export function contentTypeFailure(
  type: string,
  url: string,
  body: Uint8Array,
  statusCode: number,
): ScrapeFailure {
  return {
    kind: 'content-type',
    message: `${shownUrl(url)} answered with Content-Type ${JSON.stringify(type)}, not a profile; it begins with ${firstBytes(body)}`,
    hint: 'look whether the path of the profile block is a pprof endpoint, and not a page about it (no ?debug=1)',
    statusCode,
    bytes: body.length,
  };
}

/** A body of a good type that is no profile. */
export function notProfileFailure(
  url: string,
  { kind, message }: ProfileError,
  { bytes, statusCode }: { bytes: Uint8Array; statusCode: number },
): ScrapeFailure {
  return {
    kind,
    message: `${shownUrl(url)} answered ${statusCode} with ${bytes.length} bytes: ${message}`,
    hint:
      bodyHints[kind] ??
      'look whether the path of the profile block is a pprof endpoint that answers in the protobuf format',
    statusCode,
    bytes: bytes.length,
  };
}

const cutOff =
  'look whether the target ends, or a proxy in between cuts, answers that take long or are large';

const bodyHints: Readonly<Partial<Record<ProfileErrorKind, string>>> = {
  empty: 'the target has no such profile to give, or the path of the profile block is not a pprof endpoint',
  'gzip-truncated': cutOff,
  truncated: cutOff,
  'too-large':
    'the path of the profile block may not be a pprof endpoint; profiles of this size are not taken',
};

/** A fault of this program while it dealt with an answer. */
export function internalFailure(url: string, error: unknown): ScrapeFailure {
  return { kind: 'internal', message: `${shownUrl(url)}: ${textOf(error)}`, hint: undefined };
}

/** What a request was about. */
export interface RequestFacts {
  readonly url: string;
  readonly timeoutMs: number;
  /** Whether the target measures for `delta_profiling_duration` before it answers. */
  readonly measured: boolean;
  /** What sets that time; `scrape_timeout` where it is absent. */
  readonly timeoutFrom?: string;
}

/** No whole answer came: no connection, the wrong protocol, or no time left. */
export function requestFailure(facts: RequestFacts, error: unknown): ScrapeFailure {
  if (!(error instanceof HttpClientError)) return internalFailure(facts.url, error);
  const { kind, message } = error;
  if (kind === 'timeout') return timeoutFailure(facts, error);
  return { kind, message, hint: hintFor(error) };
}

function hintFor(error: HttpClientError): string | undefined {
  const { kind, phase } = error;
  if (kind === 'proxy') return proxyHint;
  if (error.redirectedFrom !== undefined) return hints.redirect;
  // An answer had begun: the protocol is the right one.
  if (phase === 'body' && (kind === 'reset' || kind === 'protocol')) return cutOff;
  const plain = kind === 'tls' && wrongVersion.test(causeText(error));
  return plain ? 'set scheme = "http"' : hints[kind];
}

/** A connection is given up sooner than a whole scrape. */
const connectMs = 10_000;

function timeoutFailure(
  { url, timeoutMs, measured, timeoutFrom = 'scrape_timeout' }: RequestFacts,
  { phase, proxy }: HttpClientError,
): ScrapeFailure {
  const connecting = phase === 'connect';
  const part = phase === 'body' ? 'the body did not arrive whole' : 'no answer';
  const seconds = (connecting ? Math.min(timeoutMs, connectMs) : timeoutMs) / 1000;
  const through = proxy === undefined ? '' : ` through proxy ${proxy}`;
  const late = `raise ${timeoutFrom}${measured ? ', or shorten delta_profiling_duration' : ''}`;
  const unreached = proxy === undefined ? nobody : proxyHint;
  return {
    kind: 'timeout',
    message: connecting
      ? `no connection to ${shownUrl(url)}${through} within ${seconds}s`
      : `${part} from ${shownUrl(url)}${through} within ${seconds}s`,
    hint: connecting ? unreached : late,
  };
}

const nobody = 'nothing answers there: look at __address__ and its port, and at firewalls on the way';

const wrongVersion = /wrong version number|packet length too long/i;

const hints: Readonly<Partial<Record<HttpErrorKind, string>>> = {
  refused: 'nothing listens there: look at __address__ and its port',
  dns: 'the host has no address: look at __address__',
  unreachable: 'there is no way to that host: look at __address__ and the network',
  tls: 'look at tls_config (ca_file, server_name), or set scheme = "http" if the target does not speak TLS',
  reset: 'the target closed the connection: it may expect https, set scheme = "https"',
  protocol: 'the target does not speak plain HTTP there: it may expect https, set scheme = "https"',
  proxy: proxyHint,
  redirect: 'look where the target redirects to, and set that path',
  'too-large': 'the path of the profile block may not be a pprof endpoint, or body_size_limit is too small',
  memory:
    'too many or too large profiles at a time: raise total_body_size_limit, or set body_size_limit so that a wrong target harms no other',
  file: 'look at the file that the credentials or tls_config name',
};

function causeText(error: HttpClientError): string {
  return `${error.message} ${textOf(error.cause)}`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
