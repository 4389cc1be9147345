/** Wire types of protobuf that may occur; groups (3 and 4) and the rest are damage. */
export const wireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Signals bytes that are no well-formed protobuf message. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** The message ends in the middle of a field: cut off rather than something else. */
  readonly truncated: boolean;

  constructor(message: string, truncated: boolean) {
    super(message);
    this.truncated = truncated;
  }
}

/** More than any profile has of anything, and with room for sums: positions stay small integers, which are fast. */
const huge = 2 ** 29;

/** A number, given as halves, as an index or length; {@link huge} stands for all that can be neither. */
export function toIndex(lo: number, hi: number): number {
  return hi !== 0 || lo < 0 || lo > huge ? huge : lo;
}

/** Ten bytes of seven bits hold 64. */
export const longestVarint = 10;

const nothing = new Uint8Array();

/**
 * Walks the fields of one protobuf message in place, copying nothing. After `next()` gave true, `field`, `type`,
 * `start` and `end` describe the field; for a varint `lo` and `hi` are its halves of 32 bits. One cursor may walk any number of messages.
 */
export class WireCursor {
  bytes: Uint8Array;
  field = 0;
  type = 0;
  /** Where the field begins, its tag included. */
  from = 0;
  start = 0;
  end = 0;
  lo = 0;
  hi = 0;
  #position: number;
  #limit: number;

  constructor(bytes: Uint8Array = nothing) {
    this.bytes = bytes;
    this.#position = 0;
    this.#limit = bytes.length;
  }

  /** Goes to the beginning of the message between two positions. */
  over(bytes: Uint8Array, start: number, end: number): this {
    this.bytes = bytes;
    this.#position = start;
    this.#limit = end;
    return this;
  }

  /** Goes to the beginning of what the current field of another cursor holds: a message, or numbers for {@link varint}. */
  enter(outer: WireCursor): this {
    return this.over(outer.bytes, outer.start, outer.end);
  }

  /** The varint just read as {@link toIndex} has it. */
  get index(): number {
    return toIndex(this.lo, this.hi);
  }

  /** Steps to the next field; false at the end. Throws {@link WireError}. */
  next(): boolean {
    if (this.#position >= this.#limit) return false;
    this.from = this.#position;
    this.#readVarint();
    this.field = this.lo >>> 3;
    this.type = this.lo & 7;
    if (this.field === 0 || this.hi !== 0) throw new WireError('a field number that no message has', false);
    this.start = this.#position;
    const length = this.#length();
    this.#position += length;
    if (this.#position > this.#limit) throw new WireError(`field ${this.field} is cut off`, true);
    this.end = this.#position;
    return true;
  }

  /** Steps to the next of bare varints, which is how a repeated field holds numbers, packed or not; false at the end. */
  varint(): boolean {
    if (this.#position >= this.#limit) return false;
    this.#readVarint();
    return true;
  }

  /** How many varints are left, without reading what they are. */
  countVarints(): number {
    let count = 0;
    let length = 0;
    for (let at = this.#position; at < this.#limit; at++) {
      length++;
      if ((this.bytes[at] ?? 0) >= 0x80) continue;
      if (length > longestVarint) throw new WireError('a number is longer than 10 bytes', false);
      count++;
      length = 0;
    }
    if (length > 0) throw new WireError('a number is cut off', true);
    return count;
  }

  #length(): number {
    switch (this.type) {
      case wireType.varint:
        this.#readVarint();
        return 0;
      case wireType.fixed64:
        return 8;
      case wireType.fixed32:
        return 4;
      case wireType.bytes:
        this.#readVarint();
        this.start = this.#position;
        return this.index;
      default:
        throw new WireError(`field ${this.field} has wire type ${this.type}`, false);
    }
  }

  /** Most numbers have one byte or two. */
  #readVarint(): void {
    const at = this.#position;
    const first = this.bytes[at] ?? 0;
    const second = this.bytes[at + 1] ?? 0;
    if (first < 0x80 && at < this.#limit) {
      this.#position = at + 1;
      this.lo = first;
      this.hi = 0;
    } else if (second < 0x80 && at + 1 < this.#limit) {
      this.#position = at + 2;
      this.lo = (first & 0x7f) | (second << 7);
      this.hi = 0;
    } else this.#readLongVarint();
  }

  #readLongVarint(): void {
    this.lo = 0;
    this.hi = 0;
    for (let shift = 0; shift < longestVarint * 7; shift += 7) {
      if (this.#position >= this.#limit) throw new WireError('a number is cut off', true);
      const byte = this.bytes[this.#position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 32) this.lo |= bits << shift;
      if (shift >= 32) this.hi |= bits << (shift - 32);
      else if (shift === 28) this.hi |= bits >>> 4;
      if (byte < 0x80) return;
    }
    throw new WireError('a number is longer than 10 bytes', false);
  }
}
