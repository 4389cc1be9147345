import { WireError, wireType } from './wire.ts';

/** Ten bytes of seven bits hold 64. */
const longestVarint = 10;

/** More than any profile has of anything, and with room for sums: positions stay small integers, which are fast. */
const huge = 2 ** 29;

const nothing: Uint8Array = new Uint8Array();

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
  /** Whether something was stepped over that no reader of profiles knows since `over`: its place may be the wrong one for it. */
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

  /** The number last read as an index or length; {@link huge} stands for all that can be neither. */
  get index(): number {
    return this.hi !== 0 || this.lo < 0 || this.lo > huge ? huge : this.lo;
  }

  /** The first byte of a tag, which is all of it for every field of a profile. */
  tag(): number {
    return this.bytes[this.at++] ?? 0;
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

  /** Reads the length of a field; gives where its content ends, which is not after `limit`. */
  length(limit: number): number {
    this.read();
    const end = this.at + this.index;
    if (end > limit) throw new WireError('a field is cut off', true);
    return end;
  }

  /** Steps over a field that has no business here, after the first byte of its tag. */
  skip(limit: number): void {
    this.doubtful = true;
    this.at--;
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

  #readLong(): void {
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
