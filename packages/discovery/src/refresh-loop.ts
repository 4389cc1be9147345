import type { Clock, Component, ComponentContext, Health } from '@pewter/runtime';
import { refreshMetrics } from './refresh-metrics.ts';
import type { Target } from './target.ts';

/** Where a discovery gets its targets from; made anew for new arguments. */
export interface TargetSource {
  /** Milliseconds from the start of one refresh to that of the next. */
  readonly interval: number;
  /** All targets there are now. Rejects with an Error that says what is wrong. */
  refresh(signal: AbortSignal): Promise<readonly Target[]>;
  close(): Promise<void>;
}

/** What discoveries of this kind export. */
export interface TargetExports {
  readonly targets: readonly Target[];
}

/**
 * A component that refreshes a source: at once, then each interval, one refresh at a time. While refreshes fail, the
 * last good targets stay, and its health says why. The same targets are not exported twice. `open` opens no
 * connection; what it throws refuses the arguments.
 */
export function refreshingComponent<A>(
  mechanism: string,
  context: ComponentContext<TargetExports>,
  args: A,
  open: (args: A) => TargetSource,
): Component<A> {
  const { clock, logger } = context;
  const metrics = refreshMetrics(context.metrics, mechanism, context.id);
  let source = open(args);
  let targets: readonly Target[] = [];
  let health: Health = { state: 'unknown', message: 'not refreshed yet', updated: clock.now() };
  let restart = new AbortController();
  context.setExports({ targets });

  const enter = (state: Health['state'], message: string) => {
    if (health.state !== state || health.message !== message)
      health = { state, message, updated: clock.now() };
  };
  const accept = (found: readonly Target[]) => {
    enter('healthy', 'the last refresh succeeded');
    if (sameTargets(found, targets)) return;
    targets = found;
    context.setExports({ targets });
  };
  const reject = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    metrics.fail();
    enter('unhealthy', `the last refresh failed: ${message}`);
    logger.error({ err: message }, 'refresh failed, keeping the last targets');
  };
  /** One refresh; its outcome no longer counts once it was ended. */
  const refresh = async (signal: AbortSignal) => {
    try {
      const found = await source.refresh(signal);
      if (!signal.aborted) accept(found);
    } catch (error) {
      if (!signal.aborted) reject(error);
    }
  };

  return {
    async run(signal) {
      const end = () => restart.abort();
      signal.addEventListener('abort', end, { once: true });
      while (!signal.aborted) {
        const round = restart.signal;
        const start = clock.monotonic();
        await refresh(round);
        const taken = clock.monotonic() - start;
        if (!round.aborted) metrics.observe(taken / 1000);
        await pause(clock, source.interval - taken, round);
        if (!signal.aborted && round.aborted) restart = new AbortController();
      }
      signal.removeEventListener('abort', end);
      await source.close();
    },
    update(next) {
      const old = source;
      source = open(next);
      restart.abort();
      old
        .close()
        .catch((error: unknown) => logger.warn({ err: String(error) }, 'closing the old client failed'));
    },
    health: () => health,
  };
}

/** Resolves after the time, or as soon as the signal aborts. */
async function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => resolve();
  const cancel = clock.setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', stop, { once: true });
  await promise;
  cancel();
  signal.removeEventListener('abort', stop);
}

function sameTargets(left: readonly Target[], right: readonly Target[]): boolean {
  return left.length === right.length && left.every((target, index) => right[index]?.equals(target));
}
