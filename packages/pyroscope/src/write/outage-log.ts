import type { ComponentContext } from '@pewter/runtime';

/** How long a failing endpoint stays silent between two lines, milliseconds. */
const quietMs = 60_000;

export interface OutageOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  /** How messages name the endpoint. */
  readonly url: string;
  /** Profiles that it has not taken yet. */
  readonly waiting: () => number;
}

/**
 * Says that an endpoint fails and pushes are tried again: when that begins, each minute that it lasts, and when it is
 * over. Without it nothing would be heard of a dead endpoint before the first profile is given up.
 */
export class OutageLog {
  readonly #options: OutageOptions;
  #told: { readonly first: number; last: number } | undefined;

  constructor(options: OutageOptions) {
    this.#options = options;
  }

  /** A push failed, and is tried again. */
  failed({ reason, hint }: { readonly reason: string; readonly hint?: string | undefined }): void {
    const { context, url: endpoint, waiting } = this.#options;
    const now = context.clock.monotonic();
    if (this.#told && now - this.#told.last < quietMs) return;
    this.#told = { first: this.#told?.first ?? now, last: now };
    const fields = { endpoint, err: reason, hint, profiles_waiting: waiting() };
    context.logger.warn(fields, 'endpoint fails, pushes are tried again');
  }

  /** A push was taken. */
  succeeded(): void {
    if (this.#told === undefined) return;
    const { context, url: endpoint } = this.#options;
    const seconds = Math.round((context.clock.monotonic() - this.#told.first) / 1000);
    this.#told = undefined;
    context.logger.info({ endpoint, seconds }, 'endpoint takes profiles again');
  }
}
