import type { ComponentContext, Health } from '@pewter/runtime';
import { reuseTargets } from './reuse-targets.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';

/** How long a failure that goes on stays silent, milliseconds. */
const quietMs = 10 * 60 * 1000;

/** What a discovery has found so far, and how it fares. The last good targets stay until there are others. */
export class TargetState {
  readonly #context: ComponentContext<TargetExports>;
  #targets: readonly Target[] = [];
  #health: Health;
  /** The failure that was logged last, while it lasts. */
  #logged: { readonly message: string; readonly at: number } | undefined;

  /** Exports no targets, so that dependants have a list from the start. */
  constructor(context: ComponentContext<TargetExports>) {
    this.#context = context;
    this.#health = { state: 'unknown', message: 'not refreshed yet', updated: context.clock.now() };
    context.setExports({ targets: [] });
  }

  get health(): Health {
    return this.#health;
  }

  /** Exports the targets, where they are others than the last. */
  replace(found: readonly Target[]): void {
    const targets = reuseTargets(found, this.#targets);
    if (targets === this.#targets) return;
    this.#targets = targets;
    this.#context.setExports({ targets });
  }

  succeeded(): void {
    this.#enter('healthy', 'the last refresh succeeded');
    if (this.#logged !== undefined) this.#context.logger.info({}, 'refresh succeeds again');
    this.#logged = undefined;
  }

  /** Health says why, and so does the log: when it begins or is another one, then at most every ten minutes. */
  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#enter('unhealthy', `the last refresh failed: ${message}`);
    const now = this.#context.clock.monotonic();
    if (this.#logged?.message === message && now - this.#logged.at < quietMs) return;
    this.#logged = { message, at: now };
    this.#context.logger.error({ err: message }, 'refresh failed, keeping the last targets');
  }

  #enter(state: Health['state'], message: string): void {
    if (this.#health.state === state && this.#health.message === message) return;
    this.#health = { state, message, updated: this.#context.clock.now() };
  }
}
