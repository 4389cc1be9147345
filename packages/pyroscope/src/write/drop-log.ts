import type { Clock, ComponentContext } from '@pewter/runtime';

/** How long further drops for the same reason stay silent, milliseconds. */
const quietMs = 60_000;

/** Why profiles were dropped. */
export interface DropReason {
  /** One sentence. */
  readonly err: string;
  /** The series of one of them. */
  readonly profile: string;
  readonly status?: number | undefined;
  readonly hint?: string | undefined;
}

/** Logs what one endpoint drops: each kind of reason at once, then at most every minute with how many there were. */
export class DropLog {
  readonly #context: { readonly logger: ComponentContext['logger']; readonly clock: Clock };
  readonly #endpoint: string;
  readonly #stories = new Map<string | number, { at: number; profiles: number }>();

  constructor(
    context: { readonly logger: ComponentContext['logger']; readonly clock: Clock },
    endpoint: string,
  ) {
    this.#context = context;
    this.#endpoint = endpoint;
  }

  /** `kind` is what makes two drops one story. */
  dropped(kind: string | number, profiles: number, reason: DropReason): void {
    const now = this.#context.clock.monotonic();
    const before = this.#stories.get(kind);
    if (before && now - before.at < quietMs) {
      before.profiles += profiles;
      return;
    }
    this.#stories.set(kind, { at: now, profiles: 0 });
    const all = profiles + (before?.profiles ?? 0);
    this.#context.logger.warn({ endpoint: this.#endpoint, ...reason, profiles: all }, 'profiles dropped');
  }
}
