import { wireType } from './wire.ts';

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
    let low = lo;
    let high = hi;
    while (high !== 0 || low >>> 0 > 0x7f) {
      this.#bytes[this.#length++] = (low & 0x7f) | 0x80;
      low = (low >>> 7) | (high << 25);
      high >>>= 7;
    }
    this.#bytes[this.#length++] = low;
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
    let extra = 0;
    for (let rest = size >>> 7; rest > 0; rest >>>= 7) extra++;
    if (extra > 0) {
      this.#reserve(extra);
      this.#bytes.copyWithin(start + extra, start, this.#length);
    }
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
    if (from === end) return;
    this.#reserve(end - from);
    this.#bytes.set(bytes.subarray(from, end), this.#length);
    this.#length += end - from;
  }

  #tag(field: number, type: number): void {
    this.varint((field << 3) | type);
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + size, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
