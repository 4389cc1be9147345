import { IntList } from './int-list.ts';
import type { WireCursor } from './wire.ts';

/** Where the fields of one number stand in the bytes of a message, in their order. */
export class Ranges {
  readonly #bounds = new IntList();

  get count(): number {
    return this.#bounds.length / 3;
  }

  /** Where the field itself begins, its tag included. */
  from(place: number): number {
    return this.#bounds.at(place * 3);
  }

  /** Where its content begins. */
  start(place: number): number {
    return this.#bounds.at(place * 3 + 1);
  }

  end(place: number): number {
    return this.#bounds.at(place * 3 + 2);
  }

  /** Adds the current field of a cursor. */
  add(cursor: WireCursor): void {
    this.#bounds.push(cursor.from);
    this.#bounds.push(cursor.start);
    this.#bounds.push(cursor.end);
  }

  clear(): void {
    this.#bounds.clear();
  }
}
