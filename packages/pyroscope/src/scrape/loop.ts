import type { Cancel, Clock } from '@pewter/runtime';
import type { Admission } from './admission.ts';
import { type Pace, untilFirst } from './moments.ts';

/** One scrape that has its turn. */
export interface Turn {
  /** Aborts when waiting for the scrape would take too long. */
  readonly signal: AbortSignal;
  /** How long after it was due it begins, milliseconds. */
  readonly lateMs: number;
  /** Others may begin: the scrape is done, or only waits. May be called any number of times. */
  readonly release: () => void;
}

/** One request and all that follows from it. */
export interface Scraper {
  scrape(turn: Turn): Promise<void>;
}

/**
 * Why a scrape that was due did not happen: the one before was still under way, or had not begun as too much was due; or
 * the machine slept.
 */
export type MissReason = 'in_flight' | 'overload' | 'late';

/** What a pool holds for each target: something that scrapes it from time to time. */
export interface Loop {
  /** When the next scrape is due, milliseconds since the epoch. */
  nextDue(): number;
  /** Scrapes no more; resolves when the scrape under way is done, or has been aborted through `abort`. */
  stop(abort: AbortSignal): Promise<void>;
}

export interface LoopOptions extends Pace {
  readonly clock: Clock;
  /** The stable hash of the target; its place within the interval. */
  readonly hash: bigint;
  readonly admission: Admission;
  readonly scraper: Scraper;
  /** Whether something else is still doing what this loop would do. */
  busy?(): boolean;
  missed(reason: MissReason): void;
  /** Told what a scrape threw; that is a bug, and the loop goes on. */
  faulted(error: unknown): void;
}

/**
 * Scrapes at the moments that have the target's place within the interval, as Prometheus does: the first one at most
 * one interval from now, the same ones after a restart. A moment at which the last scrape is still under way, or
 * has not had its turn, is skipped and counted; so are those that pass while the machine sleeps. None is made up for.
 */
export function startLoop(options: LoopOptions): Loop {
  return new ScrapeLoop(options);
}

class ScrapeLoop implements Loop {
  readonly #options: LoopOptions;
  readonly #controller = new AbortController();
  #due: number;
  #cancelTick: Cancel;
  #cancelEntry: Cancel | undefined;
  #inFlight: Promise<void> | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
    const { clock, hash } = options;
    const wait = untilFirst(clock.now(), options, hash);
    // Waits are counted on the clock that never jumps, so that a corrected wall clock neither stops a loop nor hurries it.
    this.#due = clock.monotonic() + wait;
    this.#cancelTick = clock.setTimeout(this.#tick, wait);
  }

  nextDue(): number {
    const { clock } = this.#options;
    return clock.now() + this.#due - clock.monotonic();
  }

  async stop(abort: AbortSignal): Promise<void> {
    this.#cancelTick();
    this.#cancelEntry?.();
    // Thousands of loops that stop at once would make a long list of listeners.
    if (this.#inFlight === undefined) return;
    const onAbort = () => this.#controller.abort(abort.reason);
    abort.addEventListener('abort', onAbort, { once: true });
    if (abort.aborted) onAbort();
    await this.#inFlight;
    abort.removeEventListener('abort', onAbort);
  }

  readonly #tick = (): void => {
    const { clock, intervalMs } = this.#options;
    this.#request(this.#due);
    this.#due += intervalMs;
    for (; this.#due <= clock.monotonic() - intervalMs; this.#due += intervalMs) this.#options.missed('late');
    this.#cancelTick = clock.setTimeout(this.#tick, this.#due - clock.monotonic());
  };

  #request(due: number): void {
    const { admission, busy, missed } = this.#options;
    if (this.#cancelEntry !== undefined) missed('overload');
    else if (this.#inFlight !== undefined || busy?.()) missed('in_flight');
    else this.#cancelEntry = admission.enter((release) => this.#begin(due, release));
    // It may have begun at once.
    if (this.#inFlight !== undefined) this.#cancelEntry = undefined;
  }

  #begin(due: number, release: () => void): void {
    this.#cancelEntry = undefined;
    const lateMs = Math.max(0, this.#options.clock.monotonic() - due);
    this.#inFlight = this.#scrape({ signal: this.#controller.signal, lateMs, release }).finally(() => {
      this.#inFlight = undefined;
    });
  }

  async #scrape(turn: Turn): Promise<void> {
    try {
      await this.#options.scraper.scrape(turn);
    } catch (error) {
      turn.release();
      this.#options.faulted(error);
    }
  }
}
