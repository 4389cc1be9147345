import { grown } from './int-list.ts';
import { PairTable } from './pair-table.ts';

/**
 * The ids of a table's messages (mappings, locations, functions); of those with one id the last counts. Most writers
 * count ids from 1: as long as they do, nothing is stored.
 */
export class IdTable {
  readonly #ids = new PairTable();
  /** The place of the last message with each id, by the id's number. */
  #places = new Int32Array();
  /** How many ids came in the order 1, 2, 3 … before one that did not. */
  #counted = 0;
  #counting = true;

  reset(count: number): void {
    this.#counted = 0;
    this.#counting = true;
    this.#ids.reset(count);
    this.#places = grown(this.#places, count);
  }

  /** Adds the id of the next place; places come in their order. */
  add(lo: number, hi: number, place: number): void {
    if (this.#counting && hi === 0 && lo === place + 1) {
      this.#counted++;
      return;
    }
    if (this.#counting) this.#store();
    this.#places[this.#ids.add(lo, hi)] = place;
  }

  /** The place in the table of the message with this id; -1 where there is none. */
  find(lo: number, hi: number): number {
    if (this.#counting) return hi === 0 && lo > 0 && lo <= this.#counted ? lo - 1 : -1;
    const number = this.#ids.find(lo, hi);
    return number < 0 ? -1 : (this.#places[number] ?? -1);
  }

  /** Ids up to this one lead to the place before them; 0 where ids do not count from 1. */
  get counted(): number {
    return this.#counting ? this.#counted : 0;
  }

  #store(): void {
    this.#counting = false;
    for (let place = 0; place < this.#counted; place++) this.#places[this.#ids.add(place + 1, 0)] = place;
  }
}
