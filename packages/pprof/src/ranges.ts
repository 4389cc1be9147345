import { grown } from './int-list.ts';

/** Integers for each field: where it begins, its tag included, where its content begins and where it ends. */
const width = 3;

/** Where the fields of one number stand in the bytes of a message, in their order. */
export class Ranges {
  count = 0;
  #bounds = new Int32Array(64 * width);

  /** Where the field itself begins, its tag included. */
  from(place: number): number {
    return this.#bounds[place * width] ?? 0;
  }

  /** Where its content begins. */
  start(place: number): number {
    return this.#bounds[place * width + 1] ?? 0;
  }

  end(place: number): number {
    return this.#bounds[place * width + 2] ?? 0;
  }

  add(from: number, start: number, end: number): void {
    const at = this.count++ * width;
    if (at + width > this.#bounds.length) this.#bounds = grown(this.#bounds, at + width);
    this.#bounds[at] = from;
    this.#bounds[at + 1] = start;
    this.#bounds[at + 2] = end;
  }

  clear(): void {
    this.count = 0;
  }
}
