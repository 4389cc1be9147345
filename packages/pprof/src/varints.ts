import { longestVarint, toIndex, WireError, wireType } from './wire.ts';

const nothing: Uint8Array = new Uint8Array();

/** Makes all of an array for {@link Varints.fields} 0. A loop, as there are few of them: `fill` takes longer to begin. */
export function clearFields(fields: Int32Array): void {
  for (let at = 0; at < fields.length; at++) fields[at] = 0;
}

/**
 * Reads numbers of protobuf in place, for the loops that see every number of a profile: it knows nothing of fields, so
 * it does not keep any. Whoever uses it compares `at` with where the message ends; a number that runs over the end has
 * moved `at` beyond it. Throws {@link WireError} for bytes that are no number.
 */
export class Varints {
  bytes = nothing;
  at = 0;
  /** The halves of the number last read. */
  lo = 0;
  hi = 0;
  /** Whether something was stepped over since `over` that no reader looks at: it may be in the wrong place. */
  doubtful = false;

  over(bytes: Uint8Array): this {
    this.bytes = bytes;
    this.at = 0;
    this.doubtful = false;
    return this;
  }

  /** Lets go of the bytes. */
  release(): void {
    this.bytes = nothing;
  }

  /** Most numbers have one byte or two. */
  read(): void {
    const { bytes, at } = this;
    const first = bytes[at] ?? 0x80;
    if (first < 0x80) {
      this.at = at + 1;
      this.lo = first;
      this.hi = 0;
      return;
    }
    const second = bytes[at + 1] ?? 0x80;
    if (second < 0x80) {
      this.at = at + 2;
      this.lo = (first & 0x7f) | (second << 7);
      this.hi = 0;
    } else this.#readLong();
  }

  /**
   * Reads bare numbers, as packed fields hold them, and puts their halves into an array from a place on, until the end
   * of the field or of the array. Gives the place behind the last one.
   */
  numbers(end: number, halves: Int32Array, from: number): number {
    const { bytes } = this;
    const full = halves.length - 1;
    let to = from;
    let { at } = this;
    while (at < end && to < full) {
      const first = bytes[at] ?? 0x80;
      const second = bytes[at + 1] ?? 0x80;
      if ((first & second) < 0x80) {
        const more = first >>> 7;
        halves[to] = (first & 0x7f) | ((second << 7) & -more);
        halves[to + 1] = 0;
        at += 1 + more;
      } else at = this.#longInto(at, halves, to);
      to += 2;
    }
    this.at = at;
    return to;
  }

  /**
   * Reads fields that are numbers, and puts their halves into an array by field, until the end of the message or a field
   * that is no number or not among those of `bits`. Gives whether the end was reached. Of a field that is there twice the
   * last counts; that is doubtful, as nobody looks at the first. This and {@link numbers} are loops of their own, with
   * positions in variables, as most numbers of a profile come through them.
   */
  fields(end: number, bits: number, halves: Int32Array): boolean {
    const { bytes } = this;
    let { at } = this;
    let seen = 0;
    let twice = 0;
    while (at < end) {
      const tag = bytes[at] ?? 0;
      const bit = 1 << (tag >>> 3);
      if ((tag & 7) !== wireType.varint || (bits & bit) === 0) break;
      twice |= seen & bit;
      seen |= bit;
      const to = tag >>> 2;
      const first = bytes[at + 1] ?? 0x80;
      const second = bytes[at + 2] ?? 0x80;
      if ((first & second) < 0x80) {
        const more = first >>> 7;
        halves[to] = (first & 0x7f) | ((second << 7) & -more);
        halves[to + 1] = 0;
        at += 2 + more;
      } else at = this.#longInto(at + 1, halves, to);
    }
    this.at = at;
    if (twice !== 0) this.doubtful = true;
    return at >= end;
  }

  #longInto(at: number, halves: Int32Array, to: number): number {
    this.at = at;
    this.#readLong();
    halves[to] = this.lo;
    halves[to + 1] = this.hi;
    return this.at;
  }

  /** Reads the length of a field; gives where its content ends, which is not after `limit`. */
  length(limit: number): number {
    const short = this.bytes[this.at] ?? 0x80;
    if (short < 0x80) this.at++;
    else this.read();
    const end = this.at + (short < 0x80 ? short : toIndex(this.lo, this.hi));
    if (end > limit) throw new WireError('a field is cut off', true);
    return end;
  }

  /** Steps over a field that has no business here. */
  skip(limit: number): void {
    this.doubtful = true;
    this.read();
    const type = this.lo & 7;
    if (this.hi !== 0 || this.lo >>> 3 === 0)
      throw new WireError('a field number that no message has', false);
    if (type === wireType.varint) this.read();
    else if (type === wireType.bytes) this.at = this.length(limit);
    else if (type === wireType.fixed64) this.at += 8;
    else if (type === wireType.fixed32) this.at += 4;
    else throw new WireError(`a field has wire type ${type}`, false);
  }

  /** Throws where what was read runs over the end of its message. */
  endAt(end: number): void {
    if (this.at !== end) throw new WireError('a field is cut off', true);
  }

  /** A number of more than two bytes: addresses and large counters have three or four. */
  #readLong(): void {
    const { bytes, at } = this;
    const third = bytes[at + 2] ?? 0x80;
    const fourth = bytes[at + 3] ?? 0x80;
    if ((third & fourth) < 0x80) {
      const more = third >>> 7;
      const low = ((bytes[at] ?? 0) & 0x7f) | (((bytes[at + 1] ?? 0) & 0x7f) << 7);
      this.lo = low | ((third & 0x7f) << 14) | ((fourth << 21) & -more);
      this.hi = 0;
      this.at = at + 3 + more;
    } else this.#readLonger();
  }

  #readLonger(): void {
    const { bytes } = this;
    let { at } = this;
    let lo = 0;
    let hi = 0;
    for (let shift = 0; shift < longestVarint * 7; shift += 7) {
      if (at >= bytes.length) throw new WireError('a number is cut off', true);
      const byte = bytes[at++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 32) lo |= bits << shift;
      if (shift >= 32) hi |= bits << (shift - 32);
      else if (shift === 28) hi |= bits >>> 4;
      if (byte >= 0x80) continue;
      this.at = at;
      this.lo = lo;
      this.hi = hi;
      return;
    }
    throw new WireError('a number is longer than 10 bytes', false);
  }
}
