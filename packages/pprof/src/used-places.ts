/** Marks the entries of a table that are used, and gives them new numbers in their old order. */
export class UsedPlaces {
  count = 0;
  /** 1 for a used entry; after `number`, the new number and one. */
  #marks = new Int32Array();
  #size = 0;

  reset(size: number): void {
    this.count = 0;
    this.#size = size;
    if (this.#marks.length < size) this.#marks = new Int32Array(size * 2);
    else this.#marks.fill(0, 0, size);
  }

  /** Whether all are used: then the new numbers are the old ones. */
  get all(): boolean {
    return this.count === this.#size;
  }

  has(place: number): boolean {
    return (this.#marks[place] ?? 0) > 0;
  }

  /** Marks an entry; true the first time, false again and for what is not in the table. */
  mark(place: number): boolean {
    if (place < 0 || place >= this.#size || this.#marks[place] !== 0) return false;
    this.#marks[place] = 1;
    this.count++;
    return true;
  }

  /** Marks the entries, all of them in the table, whose places stand between two positions of a list. */
  markAll(places: Int32Array, from: number, end: number): void {
    const marks = this.#marks;
    let { count } = this;
    for (let at = from; at < end; at++) {
      const place = places[at] ?? 0;
      count += (marks[place] ?? 0) ^ 1;
      marks[place] = 1;
    }
    this.count = count;
  }

  /** Gives out the new numbers, from 0. */
  number(): void {
    let next = 0;
    for (let place = 0; place < this.#size; place++)
      if (this.#marks[place] !== 0) this.#marks[place] = ++next;
  }

  /** The new number of a used entry; 0 for any other. */
  numberOf(place: number): number {
    const mark = this.#marks[place] ?? 0;
    return mark > 0 ? mark - 1 : 0;
  }
}
