import type { connectNodeAdapter } from '@connectrpc/connect-node';
import type { EitherRequest } from '@pewter/runtime/http-server';
import { readIngest } from './ingest-request.ts';
import type { ProfileStore } from './profile-store.ts';
import type { ReceivedProfile } from './received-profile.ts';
import { answerWeb, type WebAnswer } from './web-api.ts';

/** What answers a request of either version of HTTP. */
type Handler = ReturnType<typeof connectNodeAdapter>;

export interface OtherRequestsOptions {
  readonly store: ProfileStore;
  /** The largest body, bytes. */
  readonly maxBytes: number;
  readonly onProfile: (received: ReceivedProfile) => void;
  readonly onRefused: (reason: string) => void;
}

/** Answers everything that is not a push: `/ingest`, `/ready` for probes, the page and its data. Never throws. */
export function otherRequests(options: OtherRequestsOptions): Handler {
  return (request, response) => {
    response.on('error', () => undefined);
    answerTo(request, options).then(
      (answer) => send(response, answer),
      () => send(response, text(500, 'the sink could not answer')),
    );
  };
}

async function answerTo(request: EitherRequest, options: OtherRequestsOptions): Promise<WebAnswer> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ingest')
    return request.method === 'POST' ? await ingest(request, url, options) : text(405, 'use POST');
  if (url.pathname === '/ready') return text(200, 'ready');
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'use GET');
  return (await answerWeb(url, options.store)) ?? text(404, `nothing is served at ${url.pathname}`);
}

async function ingest(request: EitherRequest, url: URL, options: OtherRequestsOptions): Promise<WebAnswer> {
  const { maxBytes, onProfile, onRefused } = options;
  const body = await readBody(request, maxBytes);
  const read =
    body === undefined
      ? { status: 413, reason: `the body is larger than ${maxBytes} bytes` }
      : await readIngest(url.searchParams, request.headers['content-type'] ?? '', body, maxBytes);
  if ('status' in read) {
    onRefused(read.reason);
    return text(read.status, read.reason);
  }
  onProfile(read);
  return { status: 200, headers: {}, body: '' };
}

/** Undefined where it is too large; the rest is not read. */
async function readBody(request: EitherRequest, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function text(status: number, line: string): WebAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status, headers, body: `${line}\n` };
}

function send(response: Parameters<Handler>[1], { status, headers, body }: WebAnswer): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  // Both kinds of response have this, in types that do not fit together.
  if ('stream' in response) response.end(body);
  else response.end(body);
}
