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
  /** The proxy that is asked, without user and password. */
  proxy: string | undefined;
  /** Why the request was ended; undefined while it was not. */
  reason: HttpClientError | undefined;
  readonly #cleanups: (() => void)[] = [];
  readonly #stops = new Set<(reason: HttpClientError) => void>();
  #controller: AbortController | undefined;

  constructor(clock: Clock, { signal, total, url }: DeadlineOptions) {
    const abort = () => this.#stop(new HttpClientError('aborted', `request aborted: ${shownUrl(url)}`));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    this.#cleanups.push(() => signal.removeEventListener('abort', abort));
    if (total === undefined) return;
    const expire = () => {
      const { phase, proxy } = this;
      const through = proxy === undefined ? '' : ` through proxy ${proxy}`;
      const message = `timed out after ${total} ms while waiting for the ${phase}${through}: ${shownUrl(url)}`;
      this.#stop(new HttpClientError('timeout', message, { phase, proxy }));
    };
    // With no time at all nothing is sent, however fast the other side would be.
    if (total <= 0) expire();
    else this.#cleanups.push(clock.setTimeout(expire, total));
  }

  /** For those who take no callback; made when it is asked for, as most requests do without. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.reason !== undefined) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls back once when the request is ended early, or at once where it was; until the returned function is called. */
  onStop(stopped: (reason: HttpClientError) => void): () => void {
    if (this.reason !== undefined) stopped(this.reason);
    else this.#stops.add(stopped);
    return () => void this.#stops.delete(stopped);
  }

  /** The outcome of the work, or a rejection as soon as it is ended. */
  async race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    const { promise, reject } = Promise.withResolvers<never>();
    const release = this.onStop(reject);
    try {
      return await Promise.race([work, promise]);
    } finally {
      release();
    }
  }

  /** The request is over; nothing ends it any more. */
  end(): void {
    for (const cleanup of this.#cleanups) cleanup();
  }

  #stop(reason: HttpClientError): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.#controller?.abort();
    for (const stopped of [...this.#stops]) stopped(reason);
    this.#stops.clear();
  }
}
