import { create } from '@bufbuild/protobuf';
import { createClient } from '@connectrpc/connect';
import type { UniversalClientFn } from '@connectrpc/connect/protocol';
import { createTransport } from '@connectrpc/connect/protocol-connect';
import type { HttpResponse } from '@pewter/http-client';
import { PusherService, PushRequestSchema } from '../gen/push/v1/push_pb.ts';
import type { Profile } from '../profiles-receiver.ts';
import type { RequestClient } from '../request-client.ts';
import { userAgent } from '../version.ts';
import { ingestOnce } from './ingest-client.ts';
import { type PushFailure, pushFailure } from './push-failure.ts';

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
  return {
    push: ({ ingest, ...profile }, signal) =>
      ingest ? ingestOnce(options, profile, ingest, signal) : pushOnce(options, profile, signal),
  };
}

async function pushOnce(
  options: PushClientOptions,
  profile: Profile,
  signal: AbortSignal,
): Promise<PushResult> {
  const seen: Seen = { answer: undefined };
  try {
    const client = createClient(PusherService, transportOf(options, seen));
    await client.push(requestOf(profile), { headers: headersOf(options), signal });
    return { ok: true };
  } catch (error) {
    return pushFailure(error, seen.answer, options.timeoutMs);
  }
}

/** The answer, once there is one. */
interface Seen {
  answer: HttpResponse | undefined;
}

function transportOf(options: PushClientOptions, seen: Seen) {
  return createTransport({
    httpClient: universalClient(options, seen),
    baseUrl: options.url,
    useBinaryFormat: true,
    interceptors: [],
    acceptCompression: [],
    sendCompression: null,
    compressMinBytes: noLimit,
    readMaxBytes: maxAnswerBytes,
    writeMaxBytes: noLimit,
  });
}

function requestOf({ labels, bytes, id }: Profile) {
  const series = {
    labels: labels.map(({ name, value }) => ({ name, value })),
    samples: [{ rawProfile: bytes as Uint8Array<ArrayBuffer>, ID: id }],
  };
  return create(PushRequestSchema, { series: [series] });
}

/** The timeout is announced here and kept by the HTTP client; the transport's timer is never used. */
function headersOf(options: PushClientOptions): Headers {
  const all = commonHeaders(options);
  all.set('Connect-Timeout-Ms', String(Math.ceil(options.timeoutMs)));
  return all;
}

/** What every request carries: the user's headers, and who sends it. */
export function commonHeaders({ headers, instanceId }: PushClientOptions): Headers {
  const all = new Headers([...headers]);
  all.set('User-Agent', userAgent);
  all.set('X-Alloy-Id', instanceId);
  return all;
}

/** Lets the Connect transport speak through the component's own HTTP client; remembers the status it saw. */
function universalClient({ http, timeoutMs }: PushClientOptions, seen: Seen): UniversalClientFn {
  return async ({ url, header, body, signal }) => {
    const answer = await http.request({
      method: 'POST',
      url,
      headers: Object.fromEntries(header),
      body: await gather(body),
      signal: signal ?? new AbortController().signal,
      timeouts: { total: timeoutMs },
      maxBodyBytes: maxAnswerBytes,
    });
    seen.answer = answer;
    const { status, headers, body: bytes } = answer;
    return { status, header: answerHeaders(headers), body: once(bytes), trailer: new Headers() };
  };
}

function answerHeaders(given: HttpResponse['headers']): Headers {
  const headers = new Headers();
  for (const name of ['content-type', 'content-encoding']) {
    const [value] = [given[name]].flat();
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

/** A unary request is one chunk, which is passed on as it is. */
async function gather(body: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
