import type { Dispatcher } from 'undici';
import type { ConnectionPool } from './connection-pool.ts';
import { basicHeader } from './credentials.ts';
import type { Deadline } from './deadline.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';
import type { Step } from './redirect.ts';

/** The answer to one request, its body still to come. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
  read(limit: number): Promise<Uint8Array>;
  discard(keep: number): Promise<Uint8Array>;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Sends one request over the pool; rejects with whatever undici throws. */
export async function exchange(pool: ConnectionPool, step: Step, deadline: Deadline): Promise<Answer> {
  const url = URL.parse(step.url);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new HttpClientError('url', `the URL needs the scheme http or https: ${shownUrl(step.url)}`);
  }
  const { dispatcher, origin, path, headers } = await pool.route(url);
  deadline.phase = 'headers';
  const {
    statusCode,
    headers: answered,
    body,
  } = await dispatcher.request({
    origin,
    path,
    method: step.method as Dispatcher.HttpMethod,
    headers: { ...urlCredentials(url), ...(step.headers as Record<string, string | string[]>), ...headers },
    body: step.body ?? null,
    signal: deadline.signal,
  });
  return {
    status: statusCode,
    headers: answered,
    url: shownUrl(step.url),
    read: (limit) => readBody(body, limit, step.url),
    discard: (keep) => readStart(body, keep),
    chunks: body as AsyncIterable<Uint8Array>,
  };
}

function urlCredentials({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  return { authorization: basicHeader(decodeURIComponent(username), decodeURIComponent(password)) };
}

type Body = Dispatcher.ResponseData['body'];

async function readBody(body: Body, limit: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // Leaving the loop ends the stream, and its connection with it.
    if (length > limit) {
      throw new HttpClientError('too-large', `the response exceeds ${limit} bytes: ${shownUrl(url)}`);
    }
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
}

/** A short rest is read to its end, so that the connection can serve again. */
const restBytes = 16 * 1024;

async function readStart(body: Body, keep: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= keep + restBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, keep);
}
