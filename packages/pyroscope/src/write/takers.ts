type Settle<T> = (item: T | undefined) => void;

/** Senders that wait for something to send. */
export class Takers<T> {
  /** Longest first, with the signal that ends the waiting. */
  readonly #waiting = new Map<Settle<T>, AbortSignal>();
  /** Each signal is listened to once, however many wait with it. */
  readonly #heard = new WeakSet<AbortSignal>();

  get count(): number {
    return this.#waiting.size;
  }

  /** Resolves with what is handed over next; with undefined where the signal aborts or all are dismissed. */
  wait(signal: AbortSignal): Promise<T | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    if (!this.#heard.has(signal)) {
      this.#heard.add(signal);
      signal.addEventListener('abort', () => this.#dismiss((one) => one === signal), { once: true });
    }
    return new Promise((resolve) => this.#waiting.set(resolve, signal));
  }

  /** Hands items to those who wait, longest first, until either has run out. */
  serve(next: () => T | undefined): void {
    while (true) {
      const [settle] = this.#waiting.keys();
      const item = settle === undefined ? undefined : next();
      if (settle === undefined || item === undefined) return;
      this.#waiting.delete(settle);
      settle(item);
    }
  }

  dismiss(): void {
    this.#dismiss(() => true);
  }

  #dismiss(isMeant: (signal: AbortSignal) => boolean): void {
    for (const [settle, signal] of this.#waiting) {
      if (!isMeant(signal)) continue;
      this.#waiting.delete(settle);
      settle(undefined);
    }
  }
}
