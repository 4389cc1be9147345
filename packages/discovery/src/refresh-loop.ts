import type { Cancel, Component, ComponentContext } from '@pewter/runtime';
import { pause } from './pause.ts';
import { earlier } from './phase.ts';
import { refreshMetrics } from './refresh-metrics.ts';
import { SourceRounds } from './source-rounds.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';
import { TargetState } from './target-state.ts';

/**
 * Refreshes that changes ask for begin at most as often as this: what changes a watched folder may be a log, even the one that
 * tells of the refresh.
 */
const settleMs = 250;

/** What a refresh found. */
export interface Refreshed {
  readonly targets: readonly Target[];
  /** What failed where only a part could be found anew; the targets then hold the last good ones of the rest. */
  readonly failure?: Error;
}

/** Where a discovery gets its targets from; made anew for new arguments. */
export interface TargetSource {
  /** Milliseconds from the start of one refresh to that of the next. */
  readonly interval: number;
  /** All targets there are now. Rejects with an Error that says what is wrong. */
  refresh(signal: AbortSignal): Promise<Refreshed>;
  /** Calls back when a refresh is due before its time. */
  watch?(changed: () => void): Cancel;
  close(): Promise<void>;
}

/**
 * A component that refreshes a source: at once, then each interval, one refresh at a time. The first interval is a
 * little shorter, so that components that began together do not go on together. While refreshes fail, the last good
 * targets stay, and its health says why. The same targets are not exported twice. `open` opens no connection; what it
 * throws refuses the arguments. `mechanism` names it in the metrics that discoveries share.
 */
export function refreshingComponent<A>(
  mechanism: string | undefined,
  context: ComponentContext<TargetExports>,
  args: A,
  open: (args: A) => TargetSource,
): Component<A> {
  const { clock, logger } = context;
  const metrics =
    mechanism === undefined ? undefined : refreshMetrics(context.metrics, mechanism, context.id);
  const rounds = new SourceRounds(open(args), logger);
  let refreshes = 0;
  /** When the last refresh that a change asked for was due. */
  let changed = Number.NEGATIVE_INFINITY;
  const state = new TargetState(context);

  /** One refresh; its outcome no longer counts once it was ended. */
  const refresh = async (signal: AbortSignal) => {
    try {
      const { targets, failure } = await rounds.source.refresh(signal);
      if (signal.aborted) return;
      state.replace(targets);
      if (failure !== undefined) throw failure;
      state.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      metrics?.fail();
      state.failed(error);
    }
  };
  /** From one refresh to the next: the interval is over, something has changed, or the round is ended. */
  const once = async (signal: AbortSignal) => {
    const early = new AbortController();
    const unwatch = rounds.source.watch?.(() => early.abort());
    const start = clock.monotonic();
    await refresh(signal);
    const taken = clock.monotonic() - start;
    if (!signal.aborted) metrics?.observe(taken / 1000);
    // One below zero never comes due.
    const spread = refreshes++ === 0 ? earlier(context.id, rounds.source.interval) : 0;
    const left =
      rounds.source.interval < 0 ? Number.MAX_SAFE_INTEGER : rounds.source.interval - spread - taken;
    await pause(clock, left, AbortSignal.any([signal, early.signal]));
    unwatch?.();
    if (!early.signal.aborted) return;
    await pause(clock, changed + settleMs - clock.monotonic(), signal);
    changed = clock.monotonic();
  };

  return {
    run: (signal) => rounds.run(signal, once),
    update: (next) => rounds.replace(open(next)),
    health: () => state.health,
  };
}
