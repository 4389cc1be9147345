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
  /** Evaluates one node, queued at this time of the clock that never jumps. */
  readonly evaluate: (id: string, since: number) => void;
}

/** No more of the time than this lies between two waves, however long each takes, in milliseconds. */
const longestPause = 100;

/** A wave lets others have their turn after so many milliseconds, and goes on behind them. */
const longestSlice = 20;

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
  /** Changed ids with the time since when; their dependants are looked up once per wave, however often they change. */
  readonly #changed = new Map<string, number>();
  #due: Cancel | undefined;
  #lastCost = 0;
  #cost = 0;
  #inWave = false;

  constructor(options: ReevaluationOptions) {
    this.#options = options;
  }

  /** How many nodes wait for their evaluation. */
  get queued(): number {
    return this.#queued.size + this.#changed.size;
  }

  /** True inside a wave. */
  get evaluating(): boolean {
    return this.#inWave;
  }

  /** Queues the dependants of a node whose exports changed. Never evaluates inside the call. */
  changed(id: string): void {
    if (this.#inWave) {
      this.queue(this.#options.graph().dependants(id));
      return;
    }
    if (!this.#changed.has(id)) this.#changed.set(id, this.#options.clock.monotonic());
    this.#schedule();
  }

  /** Queues nodes whose surroundings changed. Never evaluates inside the call. */
  queue(ids: Iterable<string>): void {
    const now = this.#options.clock.monotonic();
    for (const dependant of ids) {
      if (!this.#queued.has(dependant)) this.#queued.set(dependant, now);
    }
    if (this.#queued.size > 0 && !this.#inWave) this.#schedule();
  }

  /** Forgets what is queued and the timer with it. */
  stop(): void {
    this.#due?.();
    this.#due = undefined;
    this.#queued.clear();
    this.#changed.clear();
  }

  #schedule(pause = Math.min(this.#lastCost, longestPause)): void {
    this.#due ??= this.#options.clock.setTimeout(() => {
      this.#due = undefined;
      this.#wave();
    }, pause);
  }

  #wave(): void {
    const { clock } = this.#options;
    const started = clock.monotonic();
    this.#spread();
    this.#inWave = true;
    try {
      this.#slice(started);
    } finally {
      this.#inWave = false;
      this.#cost += clock.monotonic() - started;
    }
    // What is left was cut off by the slice, queued behind the wave's back, or is of a graph that is gone.
    if (this.#queued.size > 0) this.#dropUnknown();
    if (this.#queued.size > 0) {
      this.#schedule(0);
      return;
    }
    this.#lastCost = this.#cost;
    this.#cost = 0;
  }

  /** Evaluates what is queued, in order, until all is done or others must have their turn. */
  #slice(started: number): void {
    const { clock, graph, evaluate } = this.#options;
    const { order } = graph();
    for (let at = this.#firstQueued(order); at < order.length && this.#queued.size > 0; at++) {
      const id = order[at] ?? '';
      const since = this.#queued.get(id);
      if (since === undefined) continue;
      this.#queued.delete(id);
      evaluate(id, since);
      if (clock.monotonic() - started >= longestSlice) return;
    }
  }

  /** What a wave queues lies behind what it evaluates, so nothing before this is due in it. */
  #firstQueued(order: readonly string[]): number {
    const places = placesIn(order);
    let first = order.length;
    for (const id of this.#queued.keys()) first = Math.min(first, places.get(id) ?? first);
    return first;
  }

  #spread(): void {
    const { dependants } = this.#options.graph();
    for (const [id, since] of this.#changed) {
      for (const dependant of dependants(id)) {
        if (!this.#queued.has(dependant)) this.#queued.set(dependant, since);
      }
    }
    this.#changed.clear();
  }

  #dropUnknown(): void {
    const known = placesIn(this.#options.graph().order);
    for (const id of this.#queued.keys()) if (!known.has(id)) this.#queued.delete(id);
  }
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where each id is in an order; worked out once for each. */
function placesIn(order: readonly string[]): ReadonlyMap<string, number> {
  const known = places.get(order);
  if (known !== undefined) return known;
  const made = new Map(order.map((id, index) => [id, index]));
  places.set(order, made);
  return made;
}
