import type { ComponentContext } from '@pewter/runtime';

/** What a component works on in rounds; made anew for new arguments. */
interface Source {
  close(): Promise<void>;
}

/** Rounds of work on a source that new arguments replace: that ends the round under way, and the next begins at once. */
export class SourceRounds<S extends Source> {
  readonly #logger: ComponentContext['logger'];
  #source: S;
  #round = new AbortController();

  constructor(source: S, logger: ComponentContext['logger']) {
    this.#source = source;
    this.#logger = logger;
  }

  get source(): S {
    return this.#source;
  }

  /** One round after the other until `signal` aborts; then closes the source. */
  async run(signal: AbortSignal, once: (round: AbortSignal) => Promise<void>): Promise<void> {
    const end = () => this.#round.abort();
    signal.addEventListener('abort', end, { once: true });
    while (!signal.aborted) {
      await once(this.#round.signal);
      if (!signal.aborted && this.#round.signal.aborted) this.#round = new AbortController();
    }
    signal.removeEventListener('abort', end);
    await this.#source.close();
  }

  replace(next: S): void {
    const old = this.#source;
    this.#source = next;
    this.#round.abort();
    old
      .close()
      .catch((error: unknown) => this.#logger.warn({ err: String(error) }, 'closing the old client failed'));
  }
}
