import type { Dispatcher } from 'undici';
import type { Deadline } from './deadline.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A whole answer. */
export interface Collected {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** How an answer is gathered. */
export interface CollectOptions {
  /** Names the request in messages. */
  readonly url: string;
  readonly deadline: Deadline;
  /** Bytes of a body that is wanted; a longer one fails as `too-large`. */
  readonly limit: number;
  /** Whether the body of such an answer is of no use: its beginning is enough then, however long it is. */
  readonly isPassing: (status: number, headers: Headers) => boolean;
}

/** A short rest is read to its end, so that the connection can serve again. */
const restBytes = 16 * 1024;

/**
 * Sends one request and gathers its answer: the way of {@link Dispatcher.request} without a stream in between, which
 * would take more time than the request itself. Rejects with whatever undici throws, and with the deadline's reason.
 */
export function collect(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: CollectOptions,
): Promise<Collected> {
  return new Promise((resolve, reject) => {
    try {
      dispatcher.dispatch(request, new Collector(options, resolve, reject));
    } catch (error) {
      reject(error);
    }
  });
}

class Collector implements Dispatcher.DispatchHandler {
  readonly #options: CollectOptions;
  readonly #resolve: (answer: Collected) => void;
  readonly #reject: (error: unknown) => void;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #status = 0;
  #headers: Headers = {};
  #passing = false;
  #controller: Dispatcher.DispatchController | undefined;
  #release: () => void;

  constructor(
    options: CollectOptions,
    resolve: (answer: Collected) => void,
    reject: (error: unknown) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#release = options.deadline.onStop((reason) => this.#stop(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { deadline } = this.#options;
    this.#controller = controller;
    if (deadline.reason !== undefined) controller.abort(deadline.reason);
    else deadline.phase = 'headers';
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // Informational ones are no answer.
    if (status < 200) return;
    this.#options.deadline.phase = 'body';
    this.#status = status;
    this.#headers = headers;
    this.#passing = this.#options.isPassing(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const { limit, url } = this.#options;
    this.#length += chunk.length;
    if (this.#passing) {
      if (this.#length < restBytes) return;
      this.onResponseEnd();
      controller.abort(new HttpClientError('aborted', 'the rest of a body that is of no use'));
    } else if (this.#length > limit) {
      const error = new HttpClientError('too-large', `the response exceeds ${limit} bytes: ${shownUrl(url)}`);
      this.onResponseError(controller, error);
      controller.abort(error);
    } else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#release();
    this.#reject(error);
  }

  /** Where the request still waits for a connection, `onRequestStart` ends it. */
  #stop(reason: HttpClientError): void {
    this.#reject(reason);
    this.#controller?.abort(reason);
  }
}
