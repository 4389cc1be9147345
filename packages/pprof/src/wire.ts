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

/**
 * Walks the fields of one protobuf message in place, copying nothing. After `next()` gave true, `field`, `type`,
 * `start` and `end` describe the field; for a varint `value` holds it, exact up to 2^53.
 */
export class WireCursor {
  readonly bytes: Uint8Array;
  readonly limit: number;
  field = 0;
  type = 0;
  start = 0;
  end = 0;
  value = 0;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, limit = bytes.length) {
    this.bytes = bytes;
    this.#position = start;
    this.limit = limit;
  }

  /** A cursor over the message that the current field holds. */
  message(): WireCursor {
    return new WireCursor(this.bytes, this.start, this.end);
  }

  /** Steps to the next field; false at the end. Throws {@link WireError}. */
  next(): boolean {
    if (this.#position >= this.limit) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.type = tag % 8;
    if (this.field === 0) throw new WireError('field number 0', false);
    this.start = this.#position;
    const length = this.#length();
    this.#position += length;
    if (this.#position > this.limit) throw new WireError(`field ${this.field} is cut off`, true);
    this.end = this.#position;
    return true;
  }

  /** The varints of a packed field, or the one of a plain one. */
  *varints(): Generator<number> {
    if (this.type === wireType.varint) {
      yield this.value;
      return;
    }
    const inner = new WireCursor(this.bytes, this.start, this.end);
    while (inner.#position < inner.limit) yield inner.#varint();
  }

  #length(): number {
    switch (this.type) {
      case wireType.varint:
        this.value = this.#varint();
        return 0;
      case wireType.fixed64:
        return 8;
      case wireType.fixed32:
        return 4;
      case wireType.bytes: {
        const length = this.#varint();
        this.start = this.#position;
        return length;
      }
      default:
        throw new WireError(`field ${this.field} has wire type ${this.type}`, false);
    }
  }

  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      if (this.#position >= this.limit) throw new WireError('a number is cut off', true);
      const byte = this.bytes[this.#position++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new WireError('a number is longer than 10 bytes', false);
  }
}
