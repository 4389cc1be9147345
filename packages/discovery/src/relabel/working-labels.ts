import { compareText } from '@pewter/language';

type Entry = readonly [name: string, value: string];

/** Labels while rules are at work on them. A label with an empty value is none. */
export abstract class WorkingLabels {
  readonly values: Map<string, string>;

  /** Keeps the map and changes it. */
  constructor(values: Map<string, string>) {
    for (const [name, value] of values) if (value === '') values.delete(name);
    this.values = values;
  }

  /** Empty where there is no such label. */
  get(name: string): string {
    return this.values.get(name) ?? '';
  }

  set(name: string, value: string): void {
    if (value === '') this.delete(name);
    else {
      this.values.set(name, value);
      this.isSet(name);
    }
  }

  delete(name: string): void {
    this.values.delete(name);
  }

  /**
   * The labels whose names are wanted, in the order in which `labelmap` has to take them: of two that lead to one name
   * the last counts. Labels may be set meanwhile.
   */
  abstract inOrder(wanted: (name: string) => boolean): Iterable<Entry>;

  /** A rule has set the label. */
  protected abstract isSet(name: string): void;

  protected entries(wanted: (name: string) => boolean): Entry[] {
    const found: Entry[] = [];
    for (const entry of this.values) if (wanted(entry[0])) found.push(entry);
    return found;
  }
}

/**
 * The labels of a target. As in the reference, those that rules have set come first, then the target's own, then those
 * of its group, and one that has been set meanwhile no longer comes. Where the reference has no order there is that of
 * the names.
 */
export class TargetLabels extends WorkingLabels {
  readonly #isOwn: (name: string) => boolean;
  /** What rules have set; a list that only becomes a set for rules that ask, since most never do. */
  #set: string[] | Set<string> = [];

  constructor(values: Map<string, string>, isOwn: (name: string) => boolean) {
    super(values);
    this.#isOwn = isOwn;
  }

  *inOrder(wanted: (name: string) => boolean): Iterable<Entry> {
    const set = new Set(this.#set);
    this.#set = set;
    const rank = (name: string) => (set.has(name) ? 0 : this.#isOwn(name) ? 1 : 2);
    const found = this.entries(wanted).map(([name]) => ({ name, rank: rank(name) }));
    found.sort((left, right) => left.rank - right.rank || compareText(left.name, right.name));
    for (const { name, rank: before } of found) {
      if (before === 0 || !set.has(name)) yield [name, this.get(name)];
    }
  }

  protected override isSet(name: string): void {
    if (Array.isArray(this.#set)) this.#set.push(name);
    else this.#set.add(name);
  }
}

/** The labels of a series. As in Prometheus, those that it had come first, by their names, then those that rules have set. */
export class SeriesLabels extends WorkingLabels {
  /** In the order in which they came. */
  readonly #set = new Set<string>();

  override delete(name: string): void {
    super.delete(name);
    this.#set.delete(name);
  }

  inOrder(wanted: (name: string) => boolean): Iterable<Entry> {
    const had = this.entries((name) => !this.#set.has(name) && wanted(name));
    const set = [...this.#set].filter(wanted).map((name): Entry => [name, this.get(name)]);
    return [...had.sort(([left], [right]) => compareText(left, right)), ...set];
  }

  protected override isSet(name: string): void {
    this.#set.add(name);
  }
}
