import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fromBinary } from '@bufbuild/protobuf';
import { PushRequestSchema } from '@pewter/pyroscope/protocol';

/** A profile as it arrived. */
export interface RecordedProfile {
  /** In the order in which they came. */
  readonly labels: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly id: string;
}

/** One push request and what it was answered. */
export interface RecordedPush {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly path: string;
  /** None where the request is no push. */
  readonly profiles: readonly RecordedProfile[];
  readonly body: Uint8Array;
  readonly status: number;
}

/** An answer of the sink's; without one it answers with success. */
export interface SinkFailure {
  readonly status: number;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Closes the connection instead of answering. */
  readonly drop?: boolean;
}

/** A real HTTP server on the loopback that plays a Pyroscope server and keeps all that it is sent. */
export class RecordingSink {
  /** Every push, also those that were answered with a failure. */
  readonly pushes: RecordedPush[] = [];
  readonly #failures: SinkFailure[] = [];
  #always: SinkFailure | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #server: Server;

  private constructor() {
    // A peer that goes away in the middle of its request is no push.
    this.#server = createServer((request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
  }

  /** Starts one on a free port; `close` it at the end of the test. */
  static async start(): Promise<RecordingSink> {
    const sink = new RecordingSink();
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  /** The base URL for an endpoint. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the sink is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The next pushes are answered with these, one each. */
  fail(...failures: readonly SinkFailure[]): void {
    this.#failures.push(...failures);
  }

  /** Every push that {@link fail} says nothing of is answered with this; with success again where it is left out. */
  failAlways(failure?: SinkFailure): void {
    this.#always = failure;
  }

  /** The profiles of successful pushes, in the order of arrival. */
  get profiles(): readonly RecordedProfile[] {
    return this.pushes.filter(({ status }) => status === 200).flatMap(({ profiles }) => profiles);
  }

  /** Resolves once `count` pushes have arrived; rejects after some real seconds. */
  async arrived(count: number, timeoutMs = 5000): Promise<void> {
    const deadline = AbortSignal.timeout(timeoutMs);
    while (this.pushes.length < count) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve);
        const late = () =>
          reject(new Error(`${this.pushes.length} of ${count} pushes arrived in ${timeoutMs} ms`));
        deadline.addEventListener('abort', late, { once: true });
      });
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const failure = this.#failures.shift() ?? this.#always;
    const status = failure?.status ?? 200;
    const body = Buffer.concat(chunks);
    const path = request.url ?? '';
    const profiles = path.includes('/ingest?') ? [] : decode(body);
    this.pushes.push({ headers: request.headers, path, profiles, body, status });
    const headers = failure
      ? { 'content-type': 'text/plain', ...failure.headers }
      : { 'content-type': 'application/proto' };
    if (failure?.drop) request.socket.destroy();
    else response.writeHead(status, headers).end(failure?.body ?? '');
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

function decode(body: Uint8Array): readonly RecordedProfile[] {
  return fromBinary(PushRequestSchema, body).series.flatMap(({ labels, samples }) =>
    samples.map((sample) => ({
      labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
      bytes: sample.rawProfile,
      id: sample.ID,
    })),
  );
}
