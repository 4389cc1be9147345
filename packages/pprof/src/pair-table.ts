import { randomInt } from 'node:crypto';
import { grown } from './int-list.ts';

// Of this process, so that nobody outside can prepare keys that all want one slot.
const seed = randomInt(2 ** 32) | 0;

/**
 * Numbers 64-bit keys, given as halves, by the order in which they first come. Open addressing with linear probing
 * over typed arrays; the memory is kept from one use to the next.
 */
export class PairTable {
  size = 0;
  #mask = 0;
  /** The number of the key in each slot, and one; 0 for a free slot. */
  #slots = new Int32Array();
  /** The halves of each key by its number. */
  #keys = new Int32Array();

  /** Forgets everything and makes room for this many keys at most. */
  reset(most: number): void {
    let slots = 16;
    while (slots < most * 2) slots *= 2;
    this.size = 0;
    this.#mask = slots - 1;
    if (this.#slots.length < slots) this.#slots = new Int32Array(slots);
    else this.#slots.fill(0, 0, slots);
    this.#keys = grown(this.#keys, most * 2);
  }

  /** The number of a key; -1 where it is not in the table. */
  find(lo: number, hi: number): number {
    return (this.#slots[this.#slot(lo, hi)] ?? 0) - 1;
  }

  /** The same, quicker where the key came right after the one with another number: tables of one process keep their order. */
  findAfter(before: number, lo: number, hi: number): number {
    const next = before + 1;
    const there = next < this.size && this.#keys[next * 2] === lo && this.#keys[next * 2 + 1] === hi;
    return there ? next : this.find(lo, hi);
  }

  /** The number of a key, which is new where it equals the size before. */
  add(lo: number, hi: number): number {
    const slot = this.#slot(lo, hi);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    const number = this.size++;
    this.#keys[number * 2] = lo;
    this.#keys[number * 2 + 1] = hi;
    this.#slots[slot] = number + 1;
    return number;
  }

  lo(number: number): number {
    return this.#keys[number * 2] ?? 0;
  }

  hi(number: number): number {
    return this.#keys[number * 2 + 1] ?? 0;
  }

  /** The slot that holds a key, or the free one where it belongs; there always is one, as half of them stay free. */
  #slot(lo: number, hi: number): number {
    let hash = Math.imul(lo ^ seed, 0x85ebca6b) ^ Math.imul(hi, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return slot;
      if (this.#keys[number * 2] === lo && this.#keys[number * 2 + 1] === hi) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
