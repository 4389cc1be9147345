import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One answer of a fake target. */
export interface FakeAnswer {
  readonly status?: number;
  /** `content-type` is `application/octet-stream` unless given here; an empty value leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Real milliseconds before the headers are sent. */
  readonly delayMs?: number;
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

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Starts one on a free port; `close` it at the end of the test. */
  static async start(): Promise<FakeTarget> {
    const target = new FakeTarget();
    await new Promise<void>((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  /** `host:port`, fit for `__address__`. */
  get address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake target is closed');
    return `127.0.0.1:${address.port}`;
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
    if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    if (answer.drop) {
      request.socket.destroy();
      return;
    }
    const headers = { 'content-type': 'application/octet-stream', ...answer.headers };
    response.writeHead(
      answer.status ?? 200,
      Object.fromEntries(Object.entries(headers).filter(([, value]) => value)),
    );
    response.end(answer.body ?? '');
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
