/** What waits in {@link Lanes}. */
export interface LaneItem {
  /** Items of one lane leave one at a time, in their order; one without a lane waits for no other. */
  readonly lane: string | undefined;
}

interface Lane<T> {
  readonly items: T[];
  busy: boolean;
}

/**
 * Items in lanes. The next one is the first of the lane that has waited longest among those of which nothing is under
 * way, so that order holds within a lane while no lane waits for another.
 */
export class Lanes<T extends LaneItem> {
  readonly #lanes = new Map<string | T, Lane<T>>();
  /** Lanes that may give an item. Sets keep the order in which their members came. */
  readonly #ready = new Set<string | T>();
  /** All items that wait, oldest first. */
  #waiting = new Set<T>();

  get waiting(): number {
    return this.#waiting.size;
  }

  /** The item that has waited longest. */
  get oldest(): T | undefined {
    return this.#waiting.values().next().value;
  }

  push(item: T): void {
    const key = item.lane ?? item;
    const lane = this.#lane(key);
    lane.items.push(item);
    this.#waiting.add(item);
    if (!lane.busy) this.#ready.add(key);
  }

  /** Takes an item; its lane gives no other until {@link release}. */
  next(): T | undefined {
    for (const key of this.#ready) {
      this.#ready.delete(key);
      const lane = this.#lanes.get(key);
      const item = lane?.items.shift();
      if (lane === undefined || item === undefined) continue;
      lane.busy = true;
      this.#waiting.delete(item);
      return item;
    }
    return undefined;
  }

  /** What was taken is done. */
  release(item: T): void {
    const key = item.lane ?? item;
    const lane = this.#lanes.get(key);
    if (lane === undefined) return;
    lane.busy = false;
    if (lane.items.length > 0) this.#ready.add(key);
    else this.#lanes.delete(key);
  }

  /** Puts items, in their order, before all others: those that were taken, or are older than what is there. */
  putBack(items: readonly T[]): void {
    for (const item of items.toReversed()) {
      const lane = this.#lane(item.lane ?? item);
      lane.items.unshift(item);
      if (!lane.busy) this.#ready.add(item.lane ?? item);
    }
    this.#waiting = new Set([...items, ...this.#waiting]);
  }

  /** Takes an item that waits out of its lane; says whether it waited. */
  remove(item: T): boolean {
    if (!this.#waiting.delete(item)) return false;
    const key = item.lane ?? item;
    const lane = this.#lanes.get(key);
    lane?.items.splice(lane.items.indexOf(item), 1);
    if (lane && lane.items.length === 0 && !lane.busy) this.#lanes.delete(key);
    return true;
  }

  #lane(key: string | T): Lane<T> {
    const known = this.#lanes.get(key);
    if (known) return known;
    const lane: Lane<T> = { items: [], busy: false };
    this.#lanes.set(key, lane);
    return lane;
  }
}
