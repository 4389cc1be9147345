import type { Cancel, Clock, Component, ComponentContext } from '@pewter/runtime';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';
import { TargetState } from './target-state.ts';

/** Where a watching discovery tells what it learns. */
export interface TargetFeed {
  /** The targets of one source, instead of those it had; none removes it. */
  set(source: string, targets: readonly Target[]): void;
  /** All is well with the upstream. */
  succeeded(): void;
  /** The upstream fails; the last targets stay. */
  failed(error: unknown): void;
}

/** A discovery that is told of changes; made anew for new arguments. */
export interface TargetWatch {
  /** Works until the signal aborts, and never rejects for what the upstream does: failures are told and tried again. */
  run(feed: TargetFeed, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Changes that come within this time are exported together. */
const settleMs = 250;

/**
 * A component that watches: groups of targets come one by one and are exported together, at most once in a quarter of
 * a second. New arguments begin with no groups, and the old targets stay until the first of the new come. `open` opens
 * no connection; what it throws refuses the arguments.
 */
export function watchingComponent<A>(
  context: ComponentContext<TargetExports>,
  args: A,
  open: (args: A) => TargetWatch,
): Component<A> {
  let watch = open(args);
  let round = new AbortController();
  const state = new TargetState(context);

  const once = async (signal: AbortSignal) => {
    const groups = new GroupBuffer(context.clock, (targets) => state.replace(targets));
    const live = (tell: () => void) => {
      if (!signal.aborted) tell();
    };
    const feed: TargetFeed = {
      set: (source, targets) => live(() => groups.set(source, targets)),
      succeeded: () => live(() => state.succeeded()),
      failed: (error) => live(() => state.failed(error)),
    };
    const current = watch;
    await current.run(feed, signal).catch((error: unknown) => feed.failed(error));
    groups.cancel();
    await current.close();
  };

  return {
    async run(signal) {
      const end = () => round.abort();
      signal.addEventListener('abort', end, { once: true });
      while (!signal.aborted) {
        await once(round.signal);
        if (!signal.aborted && !round.signal.aborted) throw new Error('the watch ended by itself');
        if (!signal.aborted) round = new AbortController();
      }
      signal.removeEventListener('abort', end);
    },
    update(next) {
      watch = open(next);
      round.abort();
    },
    health: () => state.health,
  };
}

/** Groups by their source; hands on all targets some time after the first change. */
class GroupBuffer {
  readonly #clock: Clock;
  readonly #flush: (targets: readonly Target[]) => void;
  readonly #groups = new Map<string, readonly Target[]>();
  #waiting: Cancel | undefined;

  constructor(clock: Clock, flush: (targets: readonly Target[]) => void) {
    this.#clock = clock;
    this.#flush = flush;
  }

  set(source: string, targets: readonly Target[]): void {
    if (targets.length > 0) this.#groups.set(source, targets);
    else this.#groups.delete(source);
    this.#waiting ??= this.#clock.setTimeout(() => {
      this.#waiting = undefined;
      this.#flush([...this.#groups.values()].flat());
    }, settleMs);
  }

  cancel(): void {
    this.#waiting?.();
  }
}
