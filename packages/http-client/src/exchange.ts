import type { Dispatcher } from 'undici';
import type { ByteBudget } from './byte-budget.ts';
import { collect } from './collect.ts';
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
  const { dispatcher, request } = await prepare(pool, step, deadline);
  deadline.phase = 'headers';
  const sent = dispatcher.request({ ...request, signal: deadline.signal });
  const { statusCode, headers, body } = await explained(sent, step, deadline);
  return {
    status: statusCode,
    headers,
    url: shownUrl(step.url),
    credentials: hasCredentials(step),
    discard: () => skipBody(body),
    chunks: body as AsyncIterable<Uint8Array>,
  };
}

/** What is wanted of an answer that is gathered whole. */
export interface WholeOptions {
  readonly deadline: Deadline;
  readonly limit: number;
  readonly budget: ByteBudget | undefined;
  readonly isPassing: (status: number, location: string | undefined) => boolean;
}

/** Sends one request over the pool and gathers the answer. Rejects with {@link HttpClientError}. */
export async function exchangeWhole(
  pool: ConnectionPool,
  step: Step,
  { deadline, limit, budget, isPassing }: WholeOptions,
): Promise<HttpResponse> {
  const { dispatcher, request } = await prepare(pool, step, deadline);
  const gathered = collect(dispatcher, request, {
    url: step.url,
    deadline,
    limit,
    budget,
    isPassing: (status, headers) => isPassing(status, locationOf(headers)),
  });
  const answer = await explained(gathered, step, deadline);
  return { ...answer, url: shownUrl(step.url), credentials: hasCredentials(step) };
}

/** What undici throws, in words that know where the request went and how far it came. */
async function explained<T>(work: Promise<T>, step: Step, deadline: Deadline): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw HttpClientError.from(error, step.url, deadline);
  }
}

function hasCredentials({ headers }: Step): boolean {
  return 'authorization' in headers;
}

/** The first `location` header; servers write what is not ASCII in UTF-8, and Node hands on its bytes as characters. */
export function locationOf(headers: HttpResponse['headers']): string | undefined {
  const [location] = [headers.location ?? []].flat();
  return location === undefined ? undefined : Buffer.from(location, 'latin1').toString();
}

async function prepare(
  pool: ConnectionPool,
  step: Step,
  deadline: Deadline,
): Promise<{ dispatcher: Dispatcher; request: Dispatcher.DispatchOptions }> {
  const url = URL.parse(step.url);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new HttpClientError('url', `the URL needs the scheme http or https: ${shownUrl(step.url)}`);
  }
  const { dispatcher, origin, path, headers, proxy } = await pool.route(url, requestTarget(step.url));
  deadline.proxy = proxy;
  const request = {
    origin,
    path,
    method: step.method as Dispatcher.HttpMethod,
    headers: { ...(step.headers as Record<string, string | string[]>), ...headers },
    body: step.body ?? null,
  };
  return { dispatcher, request };
}

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
