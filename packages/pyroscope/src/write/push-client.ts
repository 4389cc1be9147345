import { createClient } from '@connectrpc/connect';
import { createTransport } from '@connectrpc/connect/protocol-connect';
import type { HttpResponse } from '@pewter/http-client';
import { PusherService } from '../gen/push/v1/push_pb.ts';
import { gzipMessages } from '../gzip.ts';
import type { Profile } from '../profiles-receiver.ts';
import type { RequestClient } from '../request-client.ts';
import { userAgent } from '../version.ts';
import { ingestOnce } from './ingest-client.ts';
import { type PushFailure, pushFailure } from './push-failure.ts';
import { pushMessage } from './push-message.ts';

/** What one attempt came to. */
export type PushResult = { readonly ok: true } | PushFailure;

/** Makes one attempt to push one profile. Never rejects. */
export interface PushClient {
  push(profile: Profile, signal: AbortSignal): Promise<PushResult>;
}

export interface PushClientOptions {
  readonly http: RequestClient;
  readonly url: string;
  readonly timeoutMs: number;
  /** The user's headers; protocol headers and `X-Alloy-Id` are set over them. */
  readonly headers: ReadonlyMap<string, string>;
  /** An id of this process, sent under the name that servers of the reference know. */
  readonly instanceId: string;
}

const noLimit = 0xffffffff;
/** Servers answer with little more than a status. */
export const maxAnswerBytes = 4 * 1024 * 1024;

/** A client of `push.v1.PusherService/Push` (Connect protocol, unary, binary, not compressed), and of `/ingest` for what came in there. */
export function createPushClient(options: PushClientOptions): PushClient {
  // The same for each push, and dear to make.
  const prepared = { ...options, methodUrl: methodUrl(options.url), sent: headersOf(options) };
  return {
    push: (profile, signal) =>
      profile.ingest
        ? ingestOnce(options, profile, profile.ingest, signal)
        : pushOnce(prepared, profile, signal),
  };
}

interface Prepared extends PushClientOptions {
  readonly methodUrl: string;
  readonly sent: Readonly<Record<string, string>>;
}

async function pushOnce(options: Prepared, profile: Profile, signal: AbortSignal): Promise<PushResult> {
  let answer: HttpResponse | undefined;
  try {
    answer = await options.http.request({
      method: 'POST',
      url: options.methodUrl,
      headers: options.sent,
      body: pushMessage(profile),
      signal,
      timeouts: { total: options.timeoutMs },
      maxBodyBytes: maxAnswerBytes,
    });
    if (!isTaken(answer)) await judge(answer, options.url);
    return { ok: true };
  } catch (error) {
    return pushFailure(error, answer, options.timeoutMs);
  }
}

function methodUrl(base: string): string {
  return base.replace(/\/?$/, `/${PusherService.typeName}/${PusherService.method.push.name}`);
}

/** What servers answer to what they take: an empty message. */
function isTaken({ status, headers, body }: HttpResponse): boolean {
  return status === 200 && headers['content-type'] === 'application/proto' && body.length === 0;
}

/** Lets Connect's own client read an answer; rejects with the error that it is. */
async function judge(answer: HttpResponse, url: string): Promise<void> {
  await createClient(PusherService, transportOf(answer, url)).push({});
}

/** A transport that has its answer already. */
function transportOf({ status, headers, body }: HttpResponse, url: string) {
  return createTransport({
    httpClient: async () => ({
      status,
      header: answerHeaders(headers),
      body: once(body),
      trailer: new Headers(),
    }),
    baseUrl: url,
    useBinaryFormat: true,
    interceptors: [],
    // Answers are not asked to be packed, but something between may do that, or a header of the user's.
    acceptCompression: [gzipMessages],
    sendCompression: null,
    compressMinBytes: noLimit,
    readMaxBytes: maxAnswerBytes,
    writeMaxBytes: noLimit,
  });
}

/** A unary request of the Connect protocol. The timeout is announced here and kept by the HTTP client. */
function headersOf(options: PushClientOptions): Record<string, string> {
  return {
    ...commonHeaders(options),
    'content-type': 'application/proto',
    'connect-protocol-version': '1',
    'connect-timeout-ms': String(Math.ceil(options.timeoutMs)),
  };
}

/** What every request carries: the user's headers, and who sends it; names in lower case. */
export function commonHeaders({ headers, instanceId }: PushClientOptions): Record<string, string> {
  const own = Array.from(headers, ([name, value]) => [name.toLowerCase(), value]);
  return { ...Object.fromEntries(own), 'user-agent': userAgent, 'x-alloy-id': instanceId };
}

function answerHeaders(given: HttpResponse['headers']): Headers {
  const headers = new Headers();
  for (const name of ['content-type', 'content-encoding']) {
    const [value] = [given[name]].flat();
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
