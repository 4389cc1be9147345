import { randomInt } from 'node:crypto';

// Of this process: hashes are compared within it only, and nobody outside can prepare two things of one hash.
const seedA = randomInt(2 ** 32) | 0;
const seedB = randomInt(2 ** 32) | 0;

const nothing: Uint8Array = new Uint8Array();

/** A hash of 64 bits in two lanes of 32, so that it needs no bigint. Start, add, finish; then `lo` and `hi` hold it. */
export class Hash {
  lo = 0;
  hi = 0;
  #viewed = nothing;
  #view = new DataView(nothing.buffer);

  start(): void {
    this.lo = seedA;
    this.hi = seedB;
  }

  add(word: number): void {
    const lo = Math.imul(this.lo ^ word, 0x9e3779b1);
    const hi = Math.imul(this.hi ^ word, 0x5f356495);
    this.lo = (lo << 15) | (lo >>> 17);
    this.hi = (hi << 13) | (hi >>> 19);
  }

  /** Adds the bytes between two positions, four at a time, and how many they are. The same as {@link add} for each, in local variables. */
  addBytes(bytes: Uint8Array, start: number, end: number): void {
    const view = this.#viewOf(bytes);
    let { lo, hi } = this;
    const whole = end - ((end - start) & 3);
    for (let at = start; at < whole; at += 4) {
      const next = view.getInt32(at, true);
      lo = Math.imul(lo ^ next, 0x9e3779b1);
      hi = Math.imul(hi ^ next, 0x5f356495);
      lo = (lo << 15) | (lo >>> 17);
      hi = (hi << 13) | (hi >>> 19);
    }
    this.lo = lo;
    this.hi = hi;
    let rest = end - start;
    for (let at = whole; at < end; at++) rest = (rest << 8) | (bytes[at] ?? 0);
    this.add(rest);
  }

  /** Lets go of the bytes that were added last. */
  release(): void {
    this.#viewOf(nothing);
  }

  /** Made once for all ranges of the same bytes. */
  #viewOf(bytes: Uint8Array): DataView {
    if (this.#viewed !== bytes) {
      this.#viewed = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return this.#view;
  }

  /** Adds a finished hash that {@link finishInto} put at a place. */
  addFrom(hashes: Int32Array, place: number): void {
    this.add(hashes[place * 2] ?? 0);
    this.add(hashes[place * 2 + 1] ?? 0);
  }

  /** Finishes, and puts the hash at a place of a table of them. */
  finishInto(hashes: Int32Array, place: number): void {
    this.finish();
    hashes[place * 2] = this.lo;
    hashes[place * 2 + 1] = this.hi;
  }

  /** Mixes both lanes, so that each bit depends on all that was added. */
  finish(): void {
    const lo =
      Math.imul(this.lo ^ (this.lo >>> 16), 0x85ebca6b) ^ Math.imul(this.hi ^ (this.hi >>> 13), 0xc2b2ae35);
    const hi = Math.imul(this.hi ^ (this.hi >>> 16), 0x85ebca6b) ^ Math.imul(lo ^ (lo >>> 13), 0xc2b2ae35);
    this.lo = lo;
    this.hi = hi;
  }
}
