import { randomInt } from 'node:crypto';

// Of this process: hashes are compared within it only, and nobody outside can prepare two things of one hash.
const seedA = randomInt(2 ** 32) | 0;
const seedB = randomInt(2 ** 32) | 0;

/** From so many bytes on it pays to combine more lanes in the end. */
const manyBytes = 32;

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

  /** Adds two words, one to each lane: for what is a hash already, in which every bit of either says something of all. */
  addHash(lo: number, hi: number): void {
    const nextLo = Math.imul(this.lo ^ lo, 0x9e3779b1);
    const nextHi = Math.imul(this.hi ^ hi, 0x5f356495);
    this.lo = (nextLo << 15) | (nextLo >>> 17);
    this.hi = (nextHi << 13) | (nextHi >>> 19);
  }

  /** Adds the bytes between two positions, four at a time, and how many they are. The same as {@link add} for each, in local variables. */
  addBytes(bytes: Uint8Array, start: number, end: number): void {
    const view = this.#viewOf(bytes);
    const from = end - start < manyBytes ? start : this.#addMany(view, start, end);
    let { lo, hi } = this;
    const whole = end - ((end - from) & 3);
    for (let at = from; at < whole; at += 4) {
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

  /**
   * The same for eight bytes at a time, with two more lanes for every other word: a lane must wait for its last product,
   * and the processor multiplies for the others meanwhile. Gives where it stopped.
   */
  #addMany(view: DataView, start: number, end: number): number {
    let { lo, hi } = this;
    let [otherLo, otherHi] = [~lo, ~hi];
    const whole = end - ((end - start) & 7);
    for (let at = start; at < whole; at += 8) {
      const next = view.getInt32(at, true);
      const other = view.getInt32(at + 4, true);
      lo = Math.imul(lo ^ next, 0x9e3779b1);
      hi = Math.imul(hi ^ next, 0x5f356495);
      otherLo = Math.imul(otherLo ^ other, 0x9e3779b1);
      otherHi = Math.imul(otherHi ^ other, 0x5f356495);
      lo = (lo << 15) | (lo >>> 17);
      hi = (hi << 13) | (hi >>> 19);
      otherLo = (otherLo << 15) | (otherLo >>> 17);
      otherHi = (otherHi << 13) | (otherHi >>> 19);
    }
    this.lo = lo;
    this.hi = hi;
    this.addHash(otherLo, otherHi);
    return whole;
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
    this.addHash(hashes[place * 2] ?? 0, hashes[place * 2 + 1] ?? 0);
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
