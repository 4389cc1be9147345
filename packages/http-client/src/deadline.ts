import type { Cancel, Clock } from '@pewter/runtime';
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
  readonly #options: DeadlineOptions;
  readonly #stopped: ((reason: HttpClientError) => void)[] = [];
  #cancelTimer: Cancel | undefined;
  #controller: AbortController | undefined;

  constructor(clock: Clock, options: DeadlineOptions) {
    this.#options = options;
    const { signal, total } = options;
    if (signal.aborted) this.#abort();
    signal.addEventListener('abort', this.#abort);
    if (total === undefined) return;
    // With no time at all nothing is sent, however fast the other side would be.
    if (total <= 0) this.#expire();
    else this.#cancelTimer = clock.setTimeout(this.#expire, total);
  }

  /** For those who take no callback; made when it is asked for, as most requests do without. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.reason !== undefined) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls back once when the request is ended early, or at once where it was. */
  onStop(stopped: (reason: HttpClientError) => void): void {
    if (this.reason !== undefined) stopped(this.reason);
    else this.#stopped.push(stopped);
  }

  /** The outcome of the work, or a rejection as soon as it is ended. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.onStop(reject);
      work.then(resolve, reject);
    });
  }

  /**
   * The request is over; nothing ends it any more, and nothing of it is kept: a listener that a signal has removed still
   * refers to the one after it, so that one that is old keeps all of them until the whole heap is collected.
   */
  end(): void {
    this.#options.signal.removeEventListener('abort', this.#abort);
    this.#cancelTimer?.();
    this.#stopped.length = 0;
  }

  readonly #abort = (): void => {
    this.#stop(new HttpClientError('aborted', `request aborted: ${shownUrl(this.#options.url)}`));
  };

  readonly #expire = (): void => {
    const { phase, proxy } = this;
    const { total, url } = this.#options;
    const through = proxy === undefined ? '' : ` through proxy ${proxy}`;
    const message = `timed out after ${total} ms while waiting for the ${phase}${through}: ${shownUrl(url)}`;
    this.#stop(new HttpClientError('timeout', message, { phase, proxy }));
  };

  #stop(reason: HttpClientError): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.#controller?.abort();
    for (const stopped of this.#stopped) stopped(reason);
    this.#stopped.length = 0;
  }
}
