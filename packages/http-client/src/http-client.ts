import type { Outside } from '@pewter/runtime';
import type { ByteBudget } from './byte-budget.ts';
import { ConnectionPool } from './connection-pool.ts';
import { authorizationHeader, givesAuthorization } from './credentials.ts';
import { Deadline } from './deadline.ts';
import { type Answer, exchange, exchangeWhole, locationOf, type WholeOptions } from './exchange.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';
import { defaultHttpClientArguments, type HttpClientArguments } from './http-client-schema.ts';
import { redirected, type Step } from './redirect.ts';
import { RequestHeaders, withAuthorization } from './request-headers.ts';
import { checkTls } from './tls-check.ts';
import { TokenSource } from './token-source.ts';

/** One request. */
export interface HttpRequest {
  /** `GET` unless given. */
  readonly method?: string;
  readonly url: string;
  /** Set over those of the client; names in any case. Requests may share an object, which must not be changed then. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
  /** Larger bodies fail as `too-large`; 64 MiB unless given. */
  readonly maxBodyBytes?: number;
  /** Pays for the body while it comes, else the request fails as `memory`; who got the body gives it back. Not of streams. */
  readonly budget?: ByteBudget;
  readonly timeouts?: {
    /** Milliseconds for everything, redirects and body included; no limit unless given. */
    readonly total?: number;
  };
}

/** A response with its whole body, as the peer sent it: no content encoding is asked for, and none undone. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Where the response came from, after redirects. */
  readonly url: string;
  /** Whether the request that it answers had an `Authorization` header. */
  readonly credentials?: boolean;
}

/** A response whose body is read as it comes; no limit to its length. */
export interface HttpStream extends Omit<HttpResponse, 'body'> {
  /**
   * The body, to be iterated once: to its end, or left early, which ends its connection. Fails only with
   * {@link HttpClientError}; the signal and the total time of the request end it as well.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A client with connections of its own. */
export interface HttpClient {
  /** Any status is a response; rejects only with {@link HttpClientError}. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all connections, and requests under way with them. */
  close(): Promise<void>;
}

/** A client that can also hand on a body while it comes. */
export interface StreamingHttpClient extends HttpClient {
  /** The same as `request`, resolved as soon as the headers are there. `maxBodyBytes` does not count. */
  stream(request: HttpRequest): Promise<HttpStream>;
}

export interface HttpClientOptions {
  readonly userAgent: string;
  /** All connections go to this Unix socket; the host of a URL is only a name then. */
  readonly socketPath?: string;
}

/** What a client needs of the world. */
export type HttpOutside = Pick<Outside, 'network' | 'files' | 'clock' | 'environment'>;

/** A tenth redirect is refused, as Go's client does. */
const maxRequests = 10;
const defaultMaxBodyBytes = 64 << 20;
/** One object for all requests without headers, which are known by it. */
const noHeaders = {};

/**
 * A client for decoded {@link HttpClientArguments}. Opens no connection before the first request. Throws
 * {@link HttpClientError} where the files of its `tls_config` are not there or not fit.
 */
export function createHttpClient(
  outside: HttpOutside,
  args: HttpClientArguments,
  options: HttpClientOptions,
): StreamingHttpClient {
  checkTls(args.tls_config, outside.files);
  return new PooledClient(outside, args, options);
}

class PooledClient implements StreamingHttpClient {
  readonly #outside: HttpOutside;
  readonly #args: HttpClientArguments;
  readonly #pool: ConnectionPool;
  readonly #headers: RequestHeaders;
  readonly #tokens: TokenSource | undefined;

  constructor(outside: HttpOutside, args: HttpClientArguments, options: HttpClientOptions) {
    this.#outside = outside;
    this.#args = args;
    this.#headers = new RequestHeaders({ userAgent: options.userAgent, extra: args.http_headers });
    this.#pool = new ConnectionPool(outside, args, options);
    this.#tokens = tokenSource(outside, args, options);
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const deadline = this.#deadline(request);
    const { maxBodyBytes: limit = defaultMaxBodyBytes, budget } = request;
    const options: WholeOptions = { deadline, limit, budget, isPassing: this.#isPassing };
    const send = (step: Step) => exchangeWhole(this.#pool, step, options);
    try {
      return await deadline.race(this.#follow(request, send));
    } catch (error) {
      throw failureOf(error, deadline, request.url);
    } finally {
      deadline.end();
    }
  }

  async stream(request: HttpRequest): Promise<HttpStream> {
    const deadline = this.#deadline(request);
    const send = (step: Step) => exchange(this.#pool, step, deadline);
    try {
      const answer = await deadline.race(this.#follow(request, send));
      const { status, headers, url, credentials, chunks } = answer;
      deadline.phase = 'body';
      return { status, headers, url, credentials, chunks: guardedChunks(chunks, deadline, request.url) };
    } catch (error) {
      deadline.end();
      throw failureOf(error, deadline, request.url);
    }
  }

  /** Whether an answer only leads to another one. */
  readonly #isPassing = (status: number, headers: HttpResponse['headers']): boolean =>
    this.#args.follow_redirects && status >= 300 && status <= 399 && !!locationOf(headers);

  #deadline({ url, signal, timeouts }: HttpRequest): Deadline {
    return new Deadline(this.#outside.clock, { url, signal, total: timeouts?.total });
  }

  async close(): Promise<void> {
    await Promise.all([this.#tokens?.close(), this.#pool.close()]);
  }

  async #follow<T extends HttpResponse | Answer>(
    request: HttpRequest,
    send: (step: Step) => Promise<T>,
  ): Promise<T> {
    const { method = 'GET', url, headers = noHeaders, body } = request;
    let step: Step = { method, url, headers, body, firstUrl: url, referer: undefined, foreign: false };
    for (let requests = 1; ; requests++) {
      const answer = await this.#send(step, send);
      const location = locationOf(answer.headers);
      const next = this.#args.follow_redirects ? redirected(step, answer.status, location) : undefined;
      if (next === undefined) return answer;
      if ('discard' in answer) await answer.discard();
      if (requests >= maxRequests) {
        throw new HttpClientError('redirect', `stopped after ${maxRequests} redirects: ${shownUrl(url)}`);
      }
      step = next;
    }
  }

  async #send<T>(step: Step, send: (step: Step) => Promise<T>): Promise<T> {
    try {
      const headers = this.#headers.of(step);
      const authorization = this.#authorization(step, 'authorization' in headers);
      if (authorization === undefined) return await send({ ...step, headers });
      return await send({ ...step, headers: withAuthorization(headers, await authorization) });
    } catch (error) {
      if (step.url === step.firstUrl) throw error;
      throw HttpClientError.from(error, step.url).after(step.firstUrl);
    }
  }

  /** What the arguments say, which is for no other host: a token counts before what is given, and that before the rest. */
  #authorization({ foreign }: Step, given: boolean): Promise<string | undefined> | undefined {
    if (foreign) return undefined;
    if (this.#tokens) return this.#tokens.header();
    return given || !givesAuthorization(this.#args)
      ? undefined
      : authorizationHeader(this.#args, this.#outside.files);
  }
}

/** Every failure as a typed error, the reason of an early end before its consequences. */
function failureOf(error: unknown, deadline: Deadline, url: string): HttpClientError {
  return deadline.reason ?? HttpClientError.from(error, url);
}

async function* guardedChunks(
  chunks: AsyncIterable<Uint8Array>,
  deadline: Deadline,
  url: string,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks;
  } catch (error) {
    throw deadline.reason ?? HttpClientError.from(error, url, deadline);
  } finally {
    deadline.end();
  }
}

function tokenSource(
  outside: HttpOutside,
  args: HttpClientArguments,
  options: HttpClientOptions,
): TokenSource | undefined {
  const { oauth2 } = args;
  if (oauth2 === undefined) return undefined;
  const { proxy_url, no_proxy, proxy_from_environment, proxy_connect_header, tls_config } = oauth2;
  const own = { proxy_url, no_proxy, proxy_from_environment, proxy_connect_header, tls_config };
  // As the reference asks; enable_http2 is about the requests themselves.
  const arguments_ = { ...defaultHttpClientArguments, enable_http2: false, ...own };
  const { userAgent } = options;
  // Not checked: as in the reference, what is wrong with this TLS shows when a token is asked for.
  const client = new PooledClient(outside, arguments_, { userAgent });
  return new TokenSource({ clock: outside.clock, files: outside.files, client, args: oauth2 });
}
