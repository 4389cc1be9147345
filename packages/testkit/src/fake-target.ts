import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@pewter/runtime';

/** One answer of a fake target. */
export interface FakeAnswer {
  readonly status?: number;
  /** `content-type` is `application/octet-stream` unless given here; an empty value leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Milliseconds before the headers are sent; real ones unless the target was started with a clock. */
  readonly delayMs?: number;
  /** Milliseconds between the first half of the body and the second. */
  readonly bodyDelayMs?: number;
  /** Closes the connection instead of answering. */
  readonly drop?: boolean;
}

/** A request as a fake target saw it. */
export interface FakeRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A real HTTP server on the loopback that plays a profiled process. */
export class FakeTarget {
  /** Every request, oldest first. */
  readonly requests: FakeRequest[] = [];
  readonly #routes = new Map<string, FakeAnswer[]>();
  readonly #server: Server;
  readonly #host: string;
  readonly #clock: Pick<Clock, 'setTimeout'> | undefined;
  #waiting = 0;

  private constructor(host: string, clock: Pick<Clock, 'setTimeout'> | undefined) {
    this.#host = host;
    this.#clock = clock;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Starts one on a free port; `close` it at the end of the test. Delays pass on `clock` where there is one. */
  /** `host` is an address of the loopback or `localhost`, by which it is then called. */
  static async start(clock?: Pick<Clock, 'setTimeout'>, host = '127.0.0.1'): Promise<FakeTarget> {
    const target = new FakeTarget(host, clock);
    const address = host === 'localhost' ? '127.0.0.1' : host;
    await new Promise<void>((resolve) => target.#server.listen(0, address, resolve));
    return target;
  }

  /** `host:port`, fit for `__address__`. */
  get address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake target is closed');
    return `${this.#host}:${address.port}`;
  }

  /** How many requests wait out a delay. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Answers for a path, in sequence; the last one repeats; `*` is any other path. Paths without answers are 404 with a plain text. */
  serve(path: string, ...answers: readonly FakeAnswer[]): void {
    this.#routes.set(path, [...answers]);
  }

  /** The requests of one path, oldest first. */
  requestsOf(path: string): readonly FakeRequest[] {
    return this.requests.filter(({ url }) => url.split('?')[0] === path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    this.requests.push({ method: request.method ?? '', url, headers: request.headers });
    const answer = this.#next(url.split('?')[0] ?? '/');
    await this.#delay(answer.delayMs, response);
    if (answer.drop) {
      request.socket.destroy();
      return;
    }
    const headers = { 'content-type': 'application/octet-stream', ...answer.headers };
    response.writeHead(
      answer.status ?? 200,
      Object.fromEntries(Object.entries(headers).filter(([, value]) => value)),
    );
    await this.#writeBody(answer, response);
  }

  async #writeBody({ body = '', bodyDelayMs }: FakeAnswer, response: ServerResponse): Promise<void> {
    const bytes = Buffer.from(body);
    const half = bodyDelayMs === undefined ? 0 : bytes.length >> 1;
    if (half > 0) response.write(bytes.subarray(0, half));
    await this.#delay(bodyDelayMs, response);
    response.end(bytes.subarray(half));
  }

  /** Ends early when the other side gives up. */
  async #delay(milliseconds: number | undefined, response: ServerResponse): Promise<void> {
    if (!milliseconds) return;
    this.#waiting++;
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      if (this.#clock) this.#clock.setTimeout(resolve, milliseconds);
      else setTimeout(resolve, milliseconds).unref();
    });
    this.#waiting--;
  }

  #next(path: string): FakeAnswer {
    const answers = this.#routes.get(path) ?? this.#routes.get('*') ?? [notFound];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? notFound;
  }
}

const notFound: FakeAnswer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
};
