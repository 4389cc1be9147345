import type { Loop } from './loop.ts';
import type { ScrapeTarget } from './scrape-target.ts';
import { firstByHash } from './target-hash.ts';

/** Makes the loop of a target. The pool knows no more of loops than this and {@link Loop}. */
export interface LoopFactory {
  start(target: ScrapeTarget): Loop;
}

/** A target and its loop. */
export interface PoolEntry {
  readonly target: ScrapeTarget;
  readonly loop: Loop;
}

/** A set of scrape loops, one for each target. */
export class ScrapePool {
  readonly #entries = new Map<bigint, PoolEntry>();
  readonly #stopping = new Set<Promise<void>>();
  readonly #factory: LoopFactory;
  /** Ends waiting for scrapes that are under way while their loop stops. */
  readonly #abort: AbortSignal;

  constructor(factory: LoopFactory, abort: AbortSignal) {
    this.#factory = factory;
    this.#abort = abort;
  }

  /** The targets that have a loop, in the order in which they came. */
  get targets(): readonly ScrapeTarget[] {
    return Array.from(this.#entries.values(), ({ target }) => target);
  }

  /** The same with their loops. */
  get entries(): readonly PoolEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Makes the set of loops that of the targets. A loop whose target did not change is not touched; of targets with
   * one hash the first counts. A stopped loop finishes its scrape while its successor already runs.
   */
  sync(targets: readonly ScrapeTarget[]): void {
    const wanted = firstByHash(targets);
    for (const [hash, entry] of this.#entries) {
      const same = wanted.get(hash);
      if (same === undefined || !sameLabels(same, entry.target)) this.#stop(hash, entry);
    }
    for (const [hash, target] of wanted) {
      if (!this.#entries.has(hash)) this.#entries.set(hash, { target, loop: this.#factory.start(target) });
    }
  }

  /** As {@link sync}, and every loop begins anew: for settings that concern all of them. */
  restart(targets: readonly ScrapeTarget[]): void {
    for (const [hash, entry] of this.#entries) this.#stop(hash, entry);
    this.sync(targets);
  }

  /** Ends all loops and waits for the scrapes under way. */
  async stop(): Promise<void> {
    for (const [hash, entry] of this.#entries) this.#stop(hash, entry);
    await Promise.all(this.#stopping);
  }

  #stop(hash: bigint, entry: PoolEntry): void {
    this.#entries.delete(hash);
    const done = () => void this.#stopping.delete(stopped);
    const stopped = entry.loop.stop(this.#abort).then(done, done);
    this.#stopping.add(stopped);
  }
}

function sameLabels(a: ScrapeTarget, b: ScrapeTarget): boolean {
  if (a === b) return true;
  return (
    a.type.block === b.type.block &&
    a.labels.length === b.labels.length &&
    a.labels.every(
      ({ name, value }, index) => b.labels[index]?.name === name && b.labels[index]?.value === value,
    )
  );
}
