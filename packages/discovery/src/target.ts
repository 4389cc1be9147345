import { compareText, quote } from '@pewter/language';

const noLabels: ReadonlyMap<string, string> = new Map();

/**
 * A set of labels that says what to collect from and how it is named. Immutable. Targets of one group share the
 * map of the group's labels; a label of the target's own wins over a shared one of the same name. A label may
 * have an empty value.
 */
export class Target implements Iterable<readonly [string, string]> {
  readonly #own: ReadonlyMap<string, string>;
  readonly #shared: ReadonlyMap<string, string>;

  /** Keeps both maps; the caller must not change them afterwards. */
  constructor(own: ReadonlyMap<string, string>, shared: ReadonlyMap<string, string> = noLabels) {
    this.#own = own;
    this.#shared = shared;
  }

  /** A target from a plain record of labels. */
  static of(labels: Readonly<Record<string, string>>): Target {
    return new Target(new Map(Object.entries(labels)));
  }

  /** How many labels there are. */
  get size(): number {
    let size = this.#own.size;
    for (const name of this.#shared.keys()) if (!this.#own.has(name)) size++;
    return size;
  }

  /** The value of a label; undefined when there is no such label. */
  get(name: string): string | undefined {
    return this.#own.get(name) ?? this.#shared.get(name);
  }

  has(name: string): boolean {
    return this.#own.has(name) || this.#shared.has(name);
  }

  /** Whether the label is the target's own and not, or not only, its group's. */
  hasOwn(name: string): boolean {
    return this.#own.has(name);
  }

  /** Names and values, sorted by the UTF-8 bytes of the names. */
  *[Symbol.iterator](): IterableIterator<readonly [string, string]> {
    yield* [...this.labels()].sort(([left], [right]) => compareText(left, right));
  }

  /** A new map of all labels, in no promised order. */
  labels(): Map<string, string> {
    return this.#shared.size === 0 ? new Map(this.#own) : new Map([...this.#shared, ...this.#own]);
  }

  /** True when both have the same labels with the same values, however they are shared. */
  equals(other: Target): boolean {
    if (this === other) return true;
    if (this.size !== other.size) return false;
    for (const [name, value] of this.#own) if (other.get(name) !== value) return false;
    for (const name of this.#shared.keys()) if (other.get(name) !== this.get(name)) return false;
    return true;
  }

  /** All labels as the reference prints them: `{"a"="1", "b"="2"}`, quoted as Go quotes, the pairs sorted as text. */
  toString(): string {
    const pairs = [...this.labels()].map(([name, value]) => `${quote(name)}=${quote(value)}`);
    return `{${pairs.sort(compareText).join(', ')}}`;
  }
}
