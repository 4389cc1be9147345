import type { Cancel, Clock } from '@pewter/runtime';

/** One request and all that follows from it. `signal` aborts when waiting for it would take too long. */
export interface Scraper {
  scrape(signal: AbortSignal): Promise<void>;
}

/** Why a scrape that was due did not happen. */
export type MissReason = 'in_flight' | 'late';

/** What a pool holds for each target: something that scrapes it from time to time. */
export interface Loop {
  /** Scrapes no more; resolves when the scrape under way is done, or has been aborted through `abort`. */
  stop(abort: AbortSignal): Promise<void>;
}

export interface LoopOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** The stable hash of the target; its place within the interval. */
  readonly hash: bigint;
  readonly scraper: Scraper;
  missed(reason: MissReason): void;
  /** Told what a scrape threw; that is a bug, and the loop goes on. */
  faulted(error: unknown): void;
}

/**
 * Scrapes at the moments that have the target's place within the interval, as Prometheus does: the first one at most
 * one interval from now, the same ones after a restart. A moment at which the last scrape is still under way is
 * skipped and counted; so are those that pass while the machine sleeps. None is made up for.
 */
export function startLoop(options: LoopOptions): Loop {
  const { clock, intervalMs } = options;
  const controller = new AbortController();
  let inFlight: Promise<void> | undefined;
  // Waits are counted on the clock that never jumps, so that a corrected wall clock neither stops a loop nor hurries it.
  let due = clock.monotonic() + untilFirst(clock.now(), intervalMs, options.hash);
  let cancel: Cancel = clock.setTimeout(tick, due - clock.monotonic());

  function tick(): void {
    if (inFlight) options.missed('in_flight');
    else
      inFlight = scrapeOnce().finally(() => {
        inFlight = undefined;
      });
    due += intervalMs;
    for (; due <= clock.monotonic() - intervalMs; due += intervalMs) options.missed('late');
    cancel = clock.setTimeout(tick, due - clock.monotonic());
  }

  async function scrapeOnce(): Promise<void> {
    try {
      await options.scraper.scrape(controller.signal);
    } catch (error) {
      options.faulted(error);
    }
  }

  return {
    async stop(abort) {
      cancel();
      const onAbort = () => controller.abort(abort.reason);
      abort.addEventListener('abort', onAbort, { once: true });
      if (abort.aborted) onAbort();
      await inFlight;
      abort.removeEventListener('abort', onAbort);
    },
  };
}

/** Milliseconds until the next moment whose remainder within the interval is that of the hash. */
export function untilFirst(now: number, intervalMs: number, hash: bigint): number {
  const offset = Number(hash % BigInt(Math.round(intervalMs * 1e6))) / 1e6;
  return (((offset - now) % intervalMs) + intervalMs) % intervalMs;
}
