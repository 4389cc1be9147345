import { type Loop, type LoopOptions, type Scraper, startLoop } from './loop.ts';
import type { ScrapeTarget } from './scrape-target.ts';

/**
 * Which targets are being asked right now. A loop that ends may still wait for its last profile while its successor
 * begins; where the target measures for seconds the successor waits, as a process can be measured only once at a time.
 */
export class Measuring {
  /** How many requests there are of each URL. */
  readonly #underWay = new Map<string, number>();
  /** URLs, without their seconds, that a loop which has ended still measures. */
  readonly #ending = new Map<string, number>();

  /** What is asked at the moment. */
  get urls(): readonly string[] {
    return [...this.#underWay.keys()];
  }

  /** Starts a loop of a target that keeps out of the way of those before it. */
  guard(target: ScrapeTarget, options: LoopOptions): Loop {
    const scraper: Scraper = {
      scrape: (turn) => this.#while(this.#underWay, target.url, options.scraper.scrape(turn)),
    };
    if (!target.measured) return startLoop({ ...options, scraper });
    const loop = startLoop({ ...options, scraper, busy: () => this.#ending.has(target.plainUrl) });
    return {
      nextDue: () => loop.nextDue(),
      stop: (abort) => this.#while(this.#ending, target.plainUrl, loop.stop(abort)),
    };
  }

  async #while(counts: Map<string, number>, key: string, work: Promise<void>): Promise<void> {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    try {
      await work;
    } finally {
      const left = (counts.get(key) ?? 1) - 1;
      if (left === 0) counts.delete(key);
      else counts.set(key, left);
    }
  }
}
