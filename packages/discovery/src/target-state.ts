import type { ComponentContext, Health } from '@pewter/runtime';
import { reuseTargets } from './reuse-targets.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';

/** What a discovery has found so far, and how it fares. The last good targets stay until there are others. */
export class TargetState {
  readonly #context: ComponentContext<TargetExports>;
  #targets: readonly Target[] = [];
  #health: Health;

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
  }

  /** Health says why, and so does the log. */
  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#enter('unhealthy', `the last refresh failed: ${message}`);
    this.#context.logger.error({ err: message }, 'refresh failed, keeping the last targets');
  }

  #enter(state: Health['state'], message: string): void {
    if (this.#health.state === state && this.#health.message === message) return;
    this.#health = { state, message, updated: this.#context.clock.now() };
  }
}
