import type { MessageShape } from './schema.ts';
import { WireCursor, WireError, wireType } from './wire.ts';

const role = { unknown: 0, number: 1, string: 2, repeated: 3, message: 4 } as const;

/** The highest field number of any message of the format, and one. */
const fieldsKnown = 16;

/**
 * Walks messages of one shape to their ends and builds nothing. Throws {@link WireError} for what is not protobuf and
 * for a known field of another wire type; unknown fields are stepped over.
 */
export class ShapeWalker {
  /** One more than the largest index into the string table that was seen so far. */
  wanted = 1;
  /** How many numbers the last walked message has in each repeated field. */
  readonly counts = new Int32Array(fieldsKnown);
  readonly #counting: boolean;
  readonly #roles = new Uint8Array(fieldsKnown);
  readonly #inner: (ShapeWalker | undefined)[] = [];
  readonly #cursor = new WireCursor();
  readonly #numbers = new WireCursor();

  constructor(shape: MessageShape) {
    this.#counting = shape.repeated !== undefined;
    for (const field of shape.numbers ?? []) this.#roles[field] = role.number;
    for (const field of shape.strings ?? []) this.#roles[field] = role.string;
    for (const field of shape.repeated ?? []) this.#roles[field] = role.repeated;
    for (const [field, message] of Object.entries(shape.messages ?? {})) {
      this.#roles[Number(field)] = role.message;
      this.#inner[Number(field)] = new ShapeWalker(message);
    }
  }

  /** The walker of the messages in a field; undefined where the field holds none. */
  inner(field: number): ShapeWalker | undefined {
    return this.#inner[field];
  }

  /** Walks the message that the current field of a cursor holds; gives `wanted`. */
  walk(outer: WireCursor): number {
    if (this.#counting) this.counts.fill(0);
    const cursor = this.#cursor.enter(outer);
    while (cursor.next()) this.note(cursor);
    return this.wanted;
  }

  /** Takes the current field of a cursor. */
  note(cursor: WireCursor): void {
    const is = this.#roles[cursor.field] ?? role.unknown;
    if (is === role.unknown) return;
    if (!typeFits(is, cursor.type))
      throw new WireError(`field ${cursor.field} has wire type ${cursor.type}`, false);
    if (is === role.string) this.#want(cursor.index + 1);
    else if (is === role.repeated) this.#count(cursor);
    else if (is === role.message) this.#want(this.#inner[cursor.field]?.walk(cursor) ?? 0);
  }

  /** Forgets what was seen. */
  reset(): void {
    this.wanted = 1;
    for (const walker of this.#inner) walker?.reset();
  }

  #want(count: number): void {
    if (count > this.wanted) this.wanted = count;
  }

  #count(cursor: WireCursor): void {
    const count = this.#numbers.enter(cursor).countVarints();
    this.counts[cursor.field] = (this.counts[cursor.field] ?? 0) + count;
  }
}

function typeFits(is: number, type: number): boolean {
  if (is === role.message) return type === wireType.bytes;
  return type === wireType.varint || (is === role.repeated && type === wireType.bytes);
}
