interface Waiting<T> {
  readonly signal: AbortSignal;
  readonly settle: (item: T | undefined) => void;
}

/** Senders that wait for something to send. */
export class Takers<T> {
  /**
   * Who came last is served first. Somebody who waits for long is old to V8, and what an old promise was resolved with
   * lives until the whole heap is collected: in turn, that was every profile.
   */
  readonly #waiting: Waiting<T>[] = [];
  /** Each signal is listened to once, however many wait with it. */
  readonly #heard = new WeakSet<AbortSignal>();

  /** Resolves with what is handed over next; with undefined where the signal aborts or all are dismissed. */
  wait(signal: AbortSignal): Promise<T | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    if (!this.#heard.has(signal)) {
      this.#heard.add(signal);
      signal.addEventListener('abort', () => this.#dismiss((one) => one === signal), { once: true });
    }
    return new Promise((settle) => this.#waiting.push({ signal, settle }));
  }

  /** Hands items to those who wait, until either has run out. */
  serve(next: () => T | undefined): void {
    while (this.#waiting.length > 0) {
      const item = next();
      if (item === undefined) return;
      this.#waiting.pop()?.settle(item);
    }
  }

  dismiss(): void {
    this.#dismiss(() => true);
  }

  #dismiss(isMeant: (signal: AbortSignal) => boolean): void {
    const meant = this.#waiting.filter(({ signal }) => isMeant(signal));
    const others = this.#waiting.filter(({ signal }) => !isMeant(signal));
    this.#waiting.splice(0, this.#waiting.length, ...others);
    for (const { settle } of meant) settle(undefined);
  }
}
