import type { Label } from '../labels.ts';

/** What rules made of labels; undefined where they drop what carries them. */
export type Relabelled = readonly Label[] | undefined;

/** Remembers what rules made of labels; over its size it forgets what was not asked for the longest. */
export class LabelCache {
  // In the order of use: a Map keeps the order in which keys are set.
  readonly #entries = new Map<string, { readonly result: Relabelled }>();
  #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry, in an object because what is remembered may be undefined. */
  get(labels: readonly Label[]): { readonly result: Relabelled } | undefined {
    const key = keyOf(labels);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(labels: readonly Label[], result: Relabelled): void {
    this.#entries.set(keyOf(labels), { result });
    this.#shrink();
  }

  resize(maxSize: number): void {
    this.#maxSize = maxSize;
    this.#shrink();
  }

  clear(): void {
    this.#entries.clear();
  }

  #shrink(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxSize) return;
      this.#entries.delete(key);
    }
  }
}

function keyOf(labels: readonly Label[]): string {
  return JSON.stringify(labels.map(({ name, value }) => [name, value]));
}
