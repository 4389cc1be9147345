import { Code, ConnectError } from '@connectrpc/connect';
import { codeToString } from '@connectrpc/connect/protocol-connect';
import { HttpClientError, type HttpResponse } from '@pewter/http-client';
import { firstBytes } from '@pewter/pprof';

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
  403: 'the credentials are not accepted: look at basic_auth, authorization, bearer_token or oauth2',
  404: 'look at url: it is the base URL of a Pyroscope server, without a path to its push API',
  413: 'the server limits the size of a profile',
};

/** What a failed attempt says of itself: in the words of the client where no answer came, else in the server's. */
export function pushFailure(
  error: unknown,
  answer: HttpResponse | undefined,
  timeoutMs: number,
): PushFailure {
  const known = ConnectError.from(error);
  if (answer === undefined) return { ok: false, status: undefined, reason: noAnswer(known, timeoutMs) };
  const { status, headers } = answer;
  const reason = answered(known, answer);
  const code = isTakenUnreadably(answer) ? Code.InvalidArgument : known.code;
  return { ok: false, status, code, reason, hint: hints[status], retryAfter: headers['retry-after'] };
}

/** The server has taken the profile, and says so in a message that is none: sent again, it would be there twice. */
function isTakenUnreadably({ status, headers }: HttpResponse): boolean {
  return status === 200 && [headers['content-type']].flat()[0] === 'application/proto';
}

function noAnswer({ cause, rawMessage }: ConnectError, timeoutMs: number): string {
  if (!(cause instanceof HttpClientError)) return rawMessage;
  return cause.kind === 'timeout' ? `no answer within ${timeoutMs / 1000}s` : cause.message;
}

/** A Connect error reads `code: message`; anything else shows the beginning of what came. */
function answered({ code, rawMessage }: ConnectError, { headers, body }: HttpResponse): string {
  const [type = ''] = [headers['content-type']].flat();
  if (/^application\/json\b/i.test(type)) return `${codeToString(code)}: ${rawMessage}`;
  return body.length === 0 ? rawMessage : `${rawMessage}: ${firstBytes(body)}`;
}
