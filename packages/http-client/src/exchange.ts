import type { Dispatcher } from 'undici';
import { type CollectOptions, collect } from './collect.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import type { HttpResponse } from './http-client.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';
import type { Step } from './redirect.ts';
import { requestTarget } from './request-target.ts';

/** The answer to one request, its body still to come. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
  readonly credentials: boolean;
  /** Lets go of the body; a short one is read to its end, so that its connection can serve again. */
  discard(): Promise<void>;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Sends one request over the pool. Rejects with {@link HttpClientError}. */
export async function exchange(pool: ConnectionPool, step: Step, deadline: Deadline): Promise<Answer> {
  try {
    const reading = pool.refresh();
    if (reading !== undefined) await reading;
    const { dispatcher, request } = prepare(pool, step, deadline);
    deadline.phase = 'headers';
    const { statusCode, headers, body } = await dispatcher.request({ ...request, signal: deadline.signal });
    return {
      status: statusCode,
      headers,
      url: shownUrl(step.url),
      credentials: hasCredentials(step),
      discard: () => skipBody(body),
      chunks: body as AsyncIterable<Uint8Array>,
    };
  } catch (error) {
    // In words that know where the request went and how far it came.
    throw HttpClientError.from(error, step.url, deadline);
  }
}

/** What is wanted of an answer that is gathered whole. */
export type WholeOptions = Omit<CollectOptions, 'url' | 'credentials'>;

/** Sends one request over the pool and gathers the answer. Rejects with {@link HttpClientError}. */
export async function exchangeWhole(
  pool: ConnectionPool,
  step: Step,
  options: WholeOptions,
): Promise<HttpResponse> {
  const { deadline } = options;
  try {
    const reading = pool.refresh();
    if (reading !== undefined) await reading;
    const { dispatcher, request } = prepare(pool, step, deadline);
    const { url } = step;
    return await collect(dispatcher, request, { ...options, url, credentials: hasCredentials(step) });
  } catch (error) {
    throw HttpClientError.from(error, step.url, deadline);
  }
}

function hasCredentials({ headers }: Step): boolean {
  return 'authorization' in headers;
}

/** The first `location` header; servers write what is not ASCII in UTF-8, and Node hands on its bytes as characters. */
export function locationOf(headers: HttpResponse['headers']): string | undefined {
  const given = headers.location;
  const location = typeof given === 'object' ? given[0] : given;
  return location === undefined ? undefined : Buffer.from(location, 'latin1').toString();
}

function prepare(
  pool: ConnectionPool,
  step: Step,
  deadline: Deadline,
): { dispatcher: Dispatcher; request: Dispatcher.DispatchOptions } {
  const url = URL.parse(step.url);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new HttpClientError('url', `the URL needs the scheme http or https: ${shownUrl(step.url)}`);
  }
  const { dispatcher, origin, path, headers, proxy } = pool.route(url, requestTarget(step.url));
  deadline.proxy = proxy;
  const request = {
    origin,
    path,
    method: step.method as Dispatcher.HttpMethod,
    headers: (headers === undefined ? step.headers : { ...step.headers, ...headers }) as RequestFields,
    body: step.body ?? null,
  };
  return { dispatcher, request };
}

type RequestFields = Record<string, string | string[]>;
type Body = Dispatcher.ResponseData['body'];

/** A short rest is read to its end, so that the connection can serve again. */
const restBytes = 16 * 1024;

async function skipBody(body: Body): Promise<void> {
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length >= restBytes) break;
  }
}
