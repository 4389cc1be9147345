import { shownUrl } from '@pewter/http-client';
import type { Clock, ComponentContext } from '@pewter/runtime';
import type { FailureKind, ScrapeFailure } from './failure.ts';
import type { ScrapeTarget } from './scrape-target.ts';

/** How long a failure that goes on stays silent, milliseconds. */
const quietMs = 10 * 60 * 1000;

/** Logs the failures of one target: each kind when it begins, then at most every ten minutes, and its end. */
export class FailureLog {
  readonly #logger: ComponentContext['logger'];
  readonly #clock: Clock;
  readonly #logged = new Map<FailureKind, { at: number; silenced: number }>();

  constructor(logger: ComponentContext['logger'], clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  failed(target: ScrapeTarget, failure: ScrapeFailure): void {
    const now = this.#clock.monotonic();
    const before = this.#logged.get(failure.kind);
    if (before && now - before.at < quietMs) {
      before.silenced++;
      return;
    }
    this.#logged.set(failure.kind, { at: now, silenced: 0 });
    const { message: err, hint } = failure;
    this.#logger.error(
      { target: shownUrl(target.url), err, hint, silenced: before?.silenced },
      'scrape failed',
    );
  }

  succeeded(target: ScrapeTarget): void {
    if (this.#logged.size === 0) return;
    this.#logged.clear();
    this.#logger.info({ target: shownUrl(target.url) }, 'scrape succeeds again');
  }
}
