/** Senders that wait for something to send. */
export class Takers<T> {
  readonly #waiting = new Set<(item: T | undefined) => void>();

  get count(): number {
    return this.#waiting.size;
  }

  /** Resolves with what is handed over next; with undefined where the signal aborts or all are dismissed. */
  wait(signal: AbortSignal): Promise<T | undefined> {
    return new Promise((resolve) => {
      const settle = (item: T | undefined) => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', leave);
        resolve(item);
      };
      const leave = () => settle(undefined);
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(settle);
    });
  }

  /** Hands items to those who wait, longest first, until either has run out. */
  serve(next: () => T | undefined): void {
    for (const taker of [...this.#waiting]) {
      const item = next();
      if (item === undefined) return;
      taker(item);
    }
  }

  dismiss(): void {
    for (const taker of [...this.#waiting]) taker(undefined);
  }
}
