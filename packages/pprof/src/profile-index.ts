import { Ranges } from './ranges.ts';
import { profileField } from './schema.ts';
import { WireCursor } from './wire.ts';

/** Where everything stands in the bytes of a profile that was checked; built in one scan of its outermost fields. */
export class ProfileIndex {
  bytes: Uint8Array = new Uint8Array();
  readonly sampleTypes = new Ranges();
  readonly samples = new Ranges();
  readonly mappings = new Ranges();
  readonly locations = new Ranges();
  readonly functions = new Ranges();
  readonly strings = new Ranges();
  /** Period and its type, time, comments, default type, frames to drop and keep, documentation. */
  readonly header = new Ranges();
  timeNanos = 0n;
  durationNanos = 0n;
  readonly #cursor = new WireCursor();

  scan(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.timeNanos = 0n;
    this.durationNanos = 0n;
    for (const ranges of this.#ranges) ranges.clear();
    const cursor = this.#cursor.over(bytes, 0, bytes.length);
    while (cursor.next()) {
      this.#ranges[cursor.field]?.add(cursor);
      if (cursor.field === profileField.timeNanos) this.timeNanos = numberAt(cursor);
      if (cursor.field === profileField.durationNanos) this.durationNanos = numberAt(cursor);
    }
  }

  /** By field number; there is no field 0, and the duration is made anew. */
  readonly #ranges: readonly Ranges[] = [
    new Ranges(),
    this.sampleTypes,
    this.samples,
    this.mappings,
    this.locations,
    this.functions,
    this.strings,
    this.header,
    this.header,
    this.header,
    new Ranges(),
    this.header,
    this.header,
    this.header,
    this.header,
    this.header,
  ];
}

function numberAt({ lo, hi }: WireCursor): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}
