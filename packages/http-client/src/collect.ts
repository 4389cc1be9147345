import type { Dispatcher } from 'undici';
import type { ByteBudget } from './byte-budget.ts';
import type { Deadline } from './deadline.ts';
import type { HttpResponse } from './http-client.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** How an answer is gathered. */
export interface CollectOptions {
  /** The URL that was asked, which also names the request in messages. */
  readonly url: string;
  /** Whether the request has an `Authorization` header. */
  readonly credentials: boolean;
  readonly deadline: Deadline;
  /** Bytes of a body that is wanted; a longer one fails as `too-large`. */
  readonly limit: number;
  /** Pays for the body as it comes. What a failed request took is given back; the body of a good one is its receiver's to give back. */
  readonly budget: ByteBudget | undefined;
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
): Promise<HttpResponse> {
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
  readonly #resolve: (answer: HttpResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #status = 0;
  #headers: Headers = {};
  #passing = false;
  #skipped = 0;
  /** Answered or failed; what comes now comes too late. */
  #over = false;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(
    options: CollectOptions,
    resolve: (answer: HttpResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    options.deadline.onStop((reason) => this.#stop(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { deadline } = this.#options;
    this.#controller = controller;
    if (deadline.reason !== undefined) controller.abort(deadline.reason);
    else deadline.phase = 'headers';
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    dropRaw(controller);
    // Informational ones are no answer.
    if (status < 200) return;
    this.#options.deadline.phase = 'body';
    this.#status = status;
    this.#headers = headers;
    this.#passing = this.#options.isPassing(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#over) return;
    if (this.#passing) this.#skip(controller, chunk);
    else this.#keep(controller, chunk);
  }

  #skip(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#skipped += chunk.length;
    if (this.#skipped < restBytes) return;
    this.onResponseEnd();
    controller.abort(new HttpClientError('aborted', 'the rest of a body that is of no use'));
  }

  #keep(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const { limit, budget, url } = this.#options;
    if (this.#length + chunk.length > limit) {
      const message = `the response exceeds ${limit} bytes: ${shownUrl(url)}`;
      this.#refuse(controller, new HttpClientError('too-large', message));
      return;
    }
    if (budget?.take(chunk.length) === false) {
      const message = `the responses under way exceed ${budget.bytes} bytes in all: ${shownUrl(url)}`;
      this.#refuse(controller, new HttpClientError('memory', message));
      return;
    }
    this.#length += chunk.length;
    this.#chunks.push(chunk);
  }

  #refuse(controller: Dispatcher.DispatchController, error: HttpClientError): void {
    this.#fail(error);
    controller.abort(error);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#over = true;
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    const { url, credentials } = this.#options;
    this.#resolve(new WholeResponse(this.#status, this.#headers, body, url, credentials));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.budget?.give(this.#length);
    this.#chunks.length = 0;
    this.#reject(error);
  }

  /** Where the request still waits for a connection, `onRequestStart` ends it. */
  #stop(reason: HttpClientError): void {
    if (this.#over) return;
    this.#fail(reason);
    this.#controller?.abort(reason);
  }
}

/**
 * Empties undici's list of headers as bytes, which it has read. Its parser made that list when the response before was
 * over, so it is old by now, and what an old object refers to lives until the whole heap is collected: here all that was
 * read with the headers, in general the body too. With thousands of connections that was a collection every two seconds.
 */
function dropRaw({ rawHeaders }: Dispatcher.DispatchController): void {
  if (Array.isArray(rawHeaders)) rawHeaders.length = 0;
}

class WholeResponse implements HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly credentials: boolean;
  readonly #asked: string;

  constructor(status: number, headers: Headers, body: Uint8Array, asked: string, credentials: boolean) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.credentials = credentials;
    this.#asked = asked;
  }

  /** Made when somebody wants it, as few do. */
  get url(): string {
    return shownUrl(this.#asked);
  }
}
