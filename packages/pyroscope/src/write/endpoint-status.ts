import type { Clock, DebugInfo } from '@pewter/runtime';
import type { PushFailure } from './push-failure.ts';

/** How the pushes to one endpoint go, for people who look why nothing arrives. */
export class EndpointStatus {
  readonly #clock: Clock;
  #health: 'unknown' | 'up' | 'down' = 'unknown';
  #lastSuccess: number | undefined;
  #failure: (Pick<PushFailure, 'reason' | 'hint'> & { readonly at: number }) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  succeeded(): void {
    this.#health = 'up';
    this.#lastSuccess = this.#clock.now();
  }

  failed({ reason, hint }: Pick<PushFailure, 'reason' | 'hint'>): void {
    this.#health = 'down';
    this.#failure = { reason, hint, at: this.#clock.now() };
  }

  /** `health` is that of the last attempt; the last error stays, with its time, when pushes succeed again. */
  debugInfo(): DebugInfo {
    return {
      health: this.#health,
      ...(this.#lastSuccess !== undefined && { last_success: new Date(this.#lastSuccess).toISOString() }),
      ...(this.#failure && {
        last_error: this.#failure.reason,
        last_error_time: new Date(this.#failure.at).toISOString(),
        ...(this.#failure.hint !== undefined && { hint: this.#failure.hint }),
      }),
    };
  }
}
