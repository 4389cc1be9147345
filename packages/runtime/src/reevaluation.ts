import type { Cancel, Clock } from './outside.ts';

/** The part of a graph that waves run over. */
export interface WaveGraph {
  /** All ids, dependencies before dependants. */
  readonly order: readonly string[];
  dependants(id: string): readonly string[];
}

export interface ReevaluationOptions {
  readonly clock: Clock;
  readonly graph: () => WaveGraph;
  /** Evaluates one node; `waited` is how long it was queued, in milliseconds. */
  readonly evaluate: (id: string, waited: number) => void;
}

/** No more of the time than this lies between two waves, however long each takes, in milliseconds. */
const longestPause = 100;

/**
 * Evaluates again what depends on changed exports. A wave runs in topological order, so a node that two
 * changes reach is evaluated once, after both; it goes on only where exports really changed. Changes that
 * come while a wave is due join it, so a storm of exports costs one evaluation per node and wave. Waves
 * leave at least half of the time to everything else.
 */
export class Reevaluation {
  readonly #options: ReevaluationOptions;
  /** Queued ids with the time since when. */
  readonly #queued = new Map<string, number>();
  #due: Cancel | undefined;
  #lastCost = 0;
  #inWave = false;

  constructor(options: ReevaluationOptions) {
    this.#options = options;
  }

  /** How many nodes wait for their evaluation. */
  get queued(): number {
    return this.#queued.size;
  }

  /** True inside a wave. */
  get evaluating(): boolean {
    return this.#inWave;
  }

  /** Queues the dependants of a node whose exports changed. Never evaluates inside the call. */
  changed(id: string): void {
    const now = this.#options.clock.monotonic();
    for (const dependant of this.#options.graph().dependants(id)) {
      if (!this.#queued.has(dependant)) this.#queued.set(dependant, now);
    }
    if (this.#queued.size > 0 && !this.#inWave) this.#schedule();
  }

  /** Forgets what is queued and the timer with it. */
  stop(): void {
    this.#due?.();
    this.#due = undefined;
    this.#queued.clear();
  }

  #schedule(): void {
    this.#due ??= this.#options.clock.setTimeout(
      () => {
        this.#due = undefined;
        this.#wave();
      },
      Math.min(this.#lastCost, longestPause),
    );
  }

  #wave(): void {
    const { clock, graph, evaluate } = this.#options;
    const started = clock.monotonic();
    this.#inWave = true;
    try {
      for (const id of graph().order) {
        const since = this.#queued.get(id);
        if (since === undefined) continue;
        this.#queued.delete(id);
        evaluate(id, clock.monotonic() - since);
      }
    } finally {
      this.#inWave = false;
      this.#lastCost = clock.monotonic() - started;
    }
    // What is left was queued behind the wave's back, or is of a graph that is gone.
    if (this.#queued.size > 0) this.#dropUnknown();
  }

  #dropUnknown(): void {
    const known = new Set(this.#options.graph().order);
    for (const id of this.#queued.keys()) if (!known.has(id)) this.#queued.delete(id);
    if (this.#queued.size > 0) this.#schedule();
  }
}
