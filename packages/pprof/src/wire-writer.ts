import { wireType } from './wire.ts';

/** Up to so many bytes a loop is quicker than a view of them, which would be an object for each. */
const shortCopy = 64;

/** Writes protobuf messages into one growing buffer, which it keeps from one use to the next. */
export class WireWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  /** What was written; valid until the next `clear`. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A field with a number given as halves; nothing where it is 0, as protobuf leaves those out. */
  number(field: number, lo: number, hi = 0): void {
    if (lo === 0 && hi === 0) return;
    this.#tag(field, wireType.varint);
    this.varint(lo, hi);
  }

  /** A bare number, as packed fields hold them. */
  varint(lo: number, hi = 0): void {
    this.#reserve(10);
    this.#put(lo, hi);
  }

  /** A packed field (of a number below 16) of numbers that stand as halves between two places of an array. */
  packed(field: number, halves: Int32Array, from: number, end: number): void {
    this.#reserve(6 + (end - from) * 5);
    const start = this.begin(field);
    for (let at = from; at < end; at += 2) this.#put(halves[at] ?? 0, halves[at + 1] ?? 0);
    this.endPacked(start);
  }

  /** Begins a field that holds a message or packed numbers; what it gives is for {@link end} or {@link endPacked}. */
  begin(field: number): number {
    this.#tag(field, wireType.bytes);
    this.#reserve(1);
    return ++this.#length;
  }

  /** Ends the field: now its length is known and goes in front, which moves a long content by some bytes. */
  end(start: number): void {
    const size = this.#length - start;
    if (size < 0x80) {
      this.#bytes[start - 1] = size;
      return;
    }
    let extra = 0;
    for (let rest = size >>> 7; rest > 0; rest >>>= 7) extra++;
    this.#reserve(extra);
    this.#bytes.copyWithin(start + extra, start, this.#length);
    this.#length = start - 1;
    this.varint(size);
    this.#length += size;
  }

  /** Ends a packed field (of a number below 16); one without numbers is left out. */
  endPacked(start: number): void {
    if (this.#length === start) this.#length -= 2;
    else this.end(start);
  }

  /** Whole fields that are encoded already: the bytes between two positions. */
  copy(bytes: Uint8Array, from: number, end: number): void {
    this.#reserve(end - from);
    const own = this.#bytes;
    let to = this.#length;
    this.#length += end - from;
    if (end - from > shortCopy) own.set(bytes.subarray(from, end), to);
    else for (let at = from; at < end; at++) own[to++] = bytes[at] ?? 0;
  }

  #tag(field: number, type: number): void {
    this.varint((field << 3) | type);
  }

  /** Where room was made for it. */
  #put(lo: number, hi: number): void {
    const bytes = this.#bytes;
    let at = this.#length;
    let low = lo;
    let high = hi;
    while (high !== 0 || low >>> 0 > 0x7f) {
      bytes[at++] = (low & 0x7f) | 0x80;
      low = (low >>> 7) | (high << 25);
      high >>>= 7;
    }
    bytes[at++] = low;
    this.#length = at;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + size, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
