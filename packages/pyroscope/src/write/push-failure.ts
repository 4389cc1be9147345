import { Code, ConnectError } from '@connectrpc/connect';
import { codeToString } from '@connectrpc/connect/protocol-connect';
import { HttpClientError, type HttpErrorKind, type HttpResponse } from '@pewter/http-client';
import { firstBytes } from '@pewter/pprof';
import { proxyHint } from '../proxy-hint.ts';

/** Why an attempt failed. */
export interface PushFailure {
  readonly ok: false;
  /** That of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** That of the Connect protocol, of an answer to a push. */
  readonly code?: Code | undefined;
  /** One sentence, with the code or status and what the server says. */
  readonly reason: string;
  /** What may be changed to mend it, where there is a good guess. */
  readonly hint?: string | undefined;
  /** The `Retry-After` header of the answer. */
  readonly retryAfter?: string | readonly string[] | undefined;
}

const hints: Readonly<Record<number, string>> = {
  401: 'the server wants credentials: give basic_auth, authorization, bearer_token or oauth2',
  403: 'the server lets nobody do this without credentials, if at all: give basic_auth, authorization, bearer_token or oauth2',
  404: 'look at url: it is the base URL of a Pyroscope server, without a path to its push API',
  407: 'the proxy wants other credentials: look at the user and password in proxy_url',
  413: 'the server limits the size of a profile',
};

const credentialsRefused =
  'the server refuses the credentials that it was given: look at basic_auth, authorization, bearer_token or oauth2';

/** What an answer with this status asks to be changed. */
export function hintOf({ status, credentials = false }: HttpResponse): string | undefined {
  return credentials && (status === 401 || status === 403) ? credentialsRefused : hints[status];
}

/** What a failed attempt says of itself: in the words of the client where no answer came, else in the server's. */
export function pushFailure(
  error: unknown,
  answer: HttpResponse | undefined,
  timeoutMs: number,
): PushFailure {
  const known = ConnectError.from(error);
  if (answer === undefined) return { ok: false, status: undefined, ...noAnswer(known, timeoutMs) };
  const { status, headers } = answer;
  const reason = answered(known, answer);
  const code = isTakenUnreadably(answer) ? Code.InvalidArgument : known.code;
  return { ok: false, status, code, reason, hint: hintOf(answer), retryAfter: headers['retry-after'] };
}

/** The server has taken the profile, and says so in a message that is none: sent again, it would be there twice. */
function isTakenUnreadably({ status, headers }: HttpResponse): boolean {
  return status === 200 && [headers['content-type']].flat()[0] === 'application/proto';
}

function noAnswer(
  { cause, rawMessage }: ConnectError,
  timeoutMs: number,
): Pick<PushFailure, 'reason' | 'hint'> {
  if (!(cause instanceof HttpClientError)) return { reason: rawMessage };
  const { kind, message, proxy } = cause;
  const through = proxy === undefined ? '' : ` through proxy ${proxy}`;
  const reason = kind === 'timeout' ? `no answer within ${timeoutMs / 1000}s${through}` : message;
  return { reason, hint: unansweredHint(cause) };
}

function unansweredHint({ kind, phase, proxy, redirectedFrom }: HttpClientError): string | undefined {
  if (proxy !== undefined && phase === 'connect') return proxyHint;
  if (kind === 'timeout') return phase === 'connect' ? unconnected : slow;
  return redirectedFrom === undefined ? unansweredHints[kind] : unansweredHints.redirect;
}

const unconnected = 'nothing answers there: look at url and its port, and at firewalls on the way';
const slow = 'the server is slow, or the connection is: raise remote_timeout if it stays so';

const unansweredHints: Readonly<Partial<Record<HttpErrorKind, string>>> = {
  refused: 'nothing listens there: look at url and its port, and whether the server is up',
  dns: 'the host has no address: look at url',
  unreachable: 'there is no way to that host: look at url and the network',
  tls: 'look at tls_config (ca_file, server_name), or write url with http:// if the server does not speak TLS',
  reset: 'the server closed the connection: if it always does, it may expect a url with https://',
  protocol: 'the server does not speak plain HTTP there: it may expect a url with https://',
  redirect: 'look where the server redirects to, and write that as url',
  proxy: proxyHint,
  file: 'look at the file that the credentials or tls_config name',
};

/** A Connect error reads `code: message`; anything else shows the beginning of what came. */
function answered({ code, rawMessage }: ConnectError, { headers, body }: HttpResponse): string {
  const [type = ''] = [headers['content-type']].flat();
  if (/^application\/json\b/i.test(type)) return `${codeToString(code)}: ${rawMessage}`;
  return body.length === 0 ? rawMessage : `${rawMessage}: ${firstBytes(body)}`;
}
