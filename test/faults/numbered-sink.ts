import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { listen } from '../harness/recording-target.ts';

/** How a sink treats a request that it has read. */
export type Manner = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** Takes it. */
export const takes: Manner = (response) => void response.writeHead(200).end();

/** A number that arrived. */
export interface Arrival {
  readonly series: string;
  readonly number: number;
  /** The query of the request. */
  readonly query: URLSearchParams;
}

/** A server for what {@link pushNumber} pushes, on one port through all its deaths. */
export class NumberedSink implements AsyncDisposable {
  #server = createServer((request, response) => void this.#handle(request, response));
  #sockets = new Set<Socket>();
  #port = 0;
  /** What it does with the next requests. */
  manner: Manner = takes;
  /** What it has answered with 200, in order of arrival. */
  readonly arrivals: Arrival[] = [];
  requests = 0;

  static async start(): Promise<NumberedSink> {
    const sink = new NumberedSink();
    sink.#server.on('connection', (socket) => {
      sink.#sockets.add(socket);
      socket.on('close', () => sink.#sockets.delete(socket));
    });
    sink.#port = await listen(sink.#server, 0);
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The numbers that arrived, each once. */
  get numbers(): Set<number> {
    return new Set(this.arrivals.map(({ number }) => number));
  }

  /** Numbers that arrived first after a larger one of their series had. */
  get outOfOrder(): readonly Arrival[] {
    const largest = new Map<string, number>();
    const seen = new Set<number>();
    return this.arrivals.filter(({ series, number }) => {
      if (seen.has(number)) return false;
      seen.add(number);
      const before = largest.get(series) ?? -1;
      largest.set(series, Math.max(before, number));
      return number < before;
    });
  }

  /** Listens no more and cuts all connections. */
  async die(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Listens again. */
  async rise(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.die();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    response.on('error', () => undefined);
    try {
      const text = (await buffer(request)).toString('latin1');
      // Whoever cannot read the answer will send it again: what counts is what was answered with 200.
      response.once('finish', () => response.statusCode === 200 && this.#arrived(request.url ?? '', text));
      await this.manner(response, request);
    } catch {
      response.destroy();
    }
  }

  #arrived(url: string, text: string): void {
    const query = new URL(url, 'http://x').searchParams;
    const series = /^[^{]*/.exec(query.get('name') ?? '')?.[0] ?? '';
    this.arrivals.push({ series, number: Number(/^number (\d+) /.exec(text)?.[1]), query });
  }
}

const padding = 'x'.repeat(2000);

/** Pushes a number to a `pyroscope.receive_http`; true once it is acknowledged. */
export async function pushNumber(receive: string, series: string, number: number): Promise<boolean> {
  const url = `${receive}/ingest?name=${series}&format=pprof`;
  try {
    const answer = await fetch(url, { method: 'POST', body: `number ${number} ${padding}` });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Clients that push for as long as they are let, one number after the other in each of their series. */
export class Load implements AsyncDisposable {
  readonly acknowledged: number[] = [];
  readonly #receive: string;
  readonly #series: number;
  #next = 0;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = true;

  constructor(receive: string, series: number) {
    this.#receive = receive;
    this.#series = series;
  }

  get pushed(): number {
    return this.#next;
  }

  start(): void {
    this.#stopped = false;
    this.#running = Promise.all(
      Array.from({ length: this.#series }, (_, index) => this.#client(`series${index}`)),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #client(series: string): Promise<void> {
    while (!this.#stopped) {
      const number = this.#next++;
      if (await pushNumber(this.#receive, series, number)) this.acknowledged.push(number);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Acknowledged numbers that did not arrive. */
export function lost(load: Load, sink: NumberedSink): readonly number[] {
  const { numbers } = sink;
  return load.acknowledged.filter((number) => !numbers.has(number));
}
