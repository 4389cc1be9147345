import type { Cancel, Clock } from '@pewter/runtime';

/** How many scrapes are worked on at a time, and how long one that only waits counts as work; milliseconds. */
export interface AdmissionLimits {
  readonly slots: number;
  readonly holdMs: number;
  /** The same while the program itself is behind. */
  readonly longestHoldMs: number;
}

/** Fit for one process: more at once would only make each of them later. */
export const usualLimits: AdmissionLimits = { slots: 64, holdMs: 50, longestHoldMs: 1000 };

interface Slot {
  readonly since: number;
}

/**
 * Lets scrapes begin in the order in which they are due, so many at a time. A scrape holds its slot until its profile
 * has been handed over, which puts pushes before new scrapes; but no longer than it takes to see that it only waits for
 * somebody else: slow targets and a dead server hold up nobody. While the program is too busy to look in time, slots
 * are given back later, so that it first ends what it has begun.
 */
export class Admission {
  readonly #clock: Clock;
  readonly #limits: AdmissionLimits;
  readonly #waiting = new Set<(release: () => void) => void>();
  /** Oldest first. */
  readonly #held = new Set<Slot>();
  #sweep: Cancel | undefined;

  constructor(clock: Clock, limits: AdmissionLimits = usualLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How many scrapes are due and have not begun. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Calls `start` when a slot is free, at once where one is; with what gives the slot back, which may be called
   * any number of times. Cancelling ends the waiting.
   */
  enter(start: (release: () => void) => void): Cancel {
    if (this.#held.size < this.#limits.slots) this.#begin(start);
    else this.#waiting.add(start);
    return () => void this.#waiting.delete(start);
  }

  #begin(start: (release: () => void) => void): void {
    const slot: Slot = { since: this.#clock.monotonic() };
    this.#held.add(slot);
    this.#sweepAfter(this.#limits.holdMs);
    start(() => {
      if (this.#held.delete(slot)) this.#next();
    });
  }

  #next(): void {
    while (this.#held.size < this.#limits.slots) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      this.#waiting.delete(first);
      this.#begin(first);
    }
  }

  #sweepAfter(milliseconds: number): void {
    const due = this.#clock.monotonic() + milliseconds;
    this.#sweep ??= this.#clock.setTimeout(() => {
      this.#sweep = undefined;
      this.#giveBack(this.#clock.monotonic() - due);
    }, milliseconds);
  }

  /** Takes slots from those that hold them for long. */
  #giveBack(lateMs: number): void {
    const { holdMs, longestHoldMs } = this.#limits;
    const patience = lateMs > holdMs ? longestHoldMs : holdMs;
    const now = this.#clock.monotonic();
    for (const slot of this.#held) {
      if (now - slot.since < patience) break;
      this.#held.delete(slot);
    }
    if (this.#held.size > 0) this.#sweepAfter(holdMs);
    this.#next();
  }
}
