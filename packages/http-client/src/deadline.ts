import type { Clock } from '@pewter/runtime';
import { HttpClientError, shownUrl, type TimeoutPhase } from './http-client-error.ts';

/** What ends a request early. */
export interface DeadlineOptions {
  readonly url: string;
  readonly signal: AbortSignal;
  /** Milliseconds; no limit where undefined. */
  readonly total: number | undefined;
}

/** Ends a request when its caller does or when its time is over, whichever comes first. */
export class Deadline {
  phase: TimeoutPhase = 'connect';
  /** Why the request was ended; undefined while it was not. */
  reason: HttpClientError | undefined;
  readonly #controller = new AbortController();
  readonly #cleanups: (() => void)[] = [];

  constructor(clock: Clock, { signal, total, url }: DeadlineOptions) {
    const abort = () => this.#stop(new HttpClientError('aborted', `request aborted: ${shownUrl(url)}`));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    this.#cleanups.push(() => signal.removeEventListener('abort', abort));
    if (total === undefined) return;
    const expire = () => {
      const message = `timed out after ${total} ms while waiting for the ${this.phase}: ${shownUrl(url)}`;
      this.#stop(new HttpClientError('timeout', message, { phase: this.phase }));
    };
    this.#cleanups.push(clock.setTimeout(expire, total));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The outcome of the work, or a rejection as soon as it is ended. */
  async race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(this.reason);
    if (this.signal.aborted) stop();
    this.signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([work, promise]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** The request is over; nothing ends it any more. */
  end(): void {
    for (const cleanup of this.#cleanups) cleanup();
  }

  #stop(reason: HttpClientError): void {
    this.reason ??= reason;
    this.#controller.abort();
  }
}
