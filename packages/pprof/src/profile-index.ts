import { Hash } from './hash.ts';
import { Ranges } from './ranges.ts';
import { SampleTable } from './sample-table.ts';
import { profileField, tagOf } from './schema.ts';
import type { Varints } from './varints.ts';
import { wireType } from './wire.ts';

const { varint, bytes: content } = wireType;
const tags = {
  sample: tagOf(profileField.sample, content),
  time: tagOf(profileField.timeNanos, varint),
  duration: tagOf(profileField.durationNanos, varint),
} as const;

/** What the digest has after each piece, whose last word is its length otherwise: so no two profiles have the same words. */
const ends = { sample: -1, run: -2 } as const;

/**
 * Where everything stands in the bytes of a profile, the values of its samples, and a digest of 64 bits of all that is
 * not values, time or duration: a process that met no new stack sends the same rest, byte for byte, so what is known of
 * it from the first time, down to its being well-formed, need not be found out again. Built in one scan, which reads the
 * outermost fields and the samples; what is in the others is not promised by it.
 */
export class ProfileIndex {
  bytes: Uint8Array = new Uint8Array();
  readonly digest = new Hash();
  readonly sampleTypes = new Ranges();
  readonly samples = new SampleTable();
  readonly mappings = new Ranges();
  readonly locations = new Ranges();
  readonly functions = new Ranges();
  readonly strings = new Ranges();
  /** Period and its type, time, comments, default type, frames to drop and keep, documentation. */
  readonly header = new Ranges();
  /** The field that says how long the profile took. */
  readonly durations = new Ranges();
  timeNanos = 0n;
  durationNanos = 0n;

  /** With `anyWidth` its samples may have more values than is usual. Throws {@link WireError}. */
  scan(bytes: Uint8Array, reader: Varints, anyWidth = false): void {
    this.#clear(bytes, anyWidth);
    reader.over(bytes);
    let done = 0;
    while (reader.at < bytes.length) {
      this.#entries(reader);
      const from = reader.at;
      const tag = bytes[from] ?? 0;
      const numbers = this.#numbers[tag];
      if (tag === tags.sample) {
        this.#digestRun(done, from);
        this.#sample(reader);
        done = reader.at;
      } else if (numbers !== undefined) {
        this.#number(reader, numbers);
        if (tag !== tags.time && tag !== tags.duration) continue;
        this.#digestRun(done, from + 1);
        done = reader.at;
      } else if (from < bytes.length) reader.skip(bytes.length);
    }
    reader.endAt(bytes.length);
    this.#digestRun(done, bytes.length);
    this.digest.finish();
  }

  /** Lets go of the profile. */
  release(): void {
    this.bytes = new Uint8Array();
    this.digest.release();
  }

  #clear(bytes: Uint8Array, anyWidth: boolean): void {
    this.bytes = bytes;
    this.timeNanos = 0n;
    this.durationNanos = 0n;
    this.digest.start();
    this.samples.clear(anyWidth);
    for (const ranges of this.#tables) ranges?.clear();
    for (const ranges of this.#numbers) ranges?.clear();
  }

  /** Entries of tables, up to anything else: most of a profile, so a loop of its own with the position in a variable. */
  #entries(reader: Varints): void {
    const { bytes } = this;
    let { at } = reader;
    for (
      let table = this.#tables[bytes[at] ?? 0];
      table !== undefined;
      table = this.#tables[bytes[at] ?? 0]
    ) {
      const size = bytes[at + 1] ?? 0x80;
      reader.at = at + 1;
      const end = size < 0x80 ? at + 2 + size : reader.length(bytes.length);
      table.add(at, size < 0x80 ? at + 2 : reader.at, end);
      at = end;
    }
    reader.at = at;
  }

  #sample(reader: Varints): void {
    const { bytes, samples, digest } = this;
    const from = reader.at++;
    const end = reader.length(bytes.length);
    samples.read(reader, from, end);
    const sample = samples.count - 1;
    const [start, valuesFrom] = [samples.start(sample), samples.valuesFrom(sample)];
    const valuesEnd = samples.valuesEnd(sample);
    if (start < valuesFrom) digest.addBytes(bytes, start, valuesFrom);
    if (valuesEnd < end) digest.addBytes(bytes, valuesEnd, end);
    digest.add(ends.sample);
  }

  /** What stands between two samples, if anything does. */
  #digestRun(from: number, end: number): void {
    if (from === end) return;
    this.digest.addBytes(this.bytes, from, end);
    this.digest.add(ends.run);
  }

  #number(reader: Varints, ranges: Ranges): void {
    const from = reader.at++;
    reader.read();
    ranges.add(from, from + 1, reader.at);
    const tag = this.bytes[from];
    if (tag === tags.time) this.timeNanos = numberOf(reader);
    if (tag === tags.duration) this.durationNanos = numberOf(reader);
  }

  /** By tag: the table that an entry belongs to. */
  readonly #tables = byTag(content, [
    [profileField.sampleType, this.sampleTypes],
    [profileField.mapping, this.mappings],
    [profileField.location, this.locations],
    [profileField.function, this.functions],
    [profileField.string, this.strings],
    [profileField.periodType, this.header],
    [profileField.comment, this.header],
  ]);

  /** By tag: what keeps the place of a number. */
  readonly #numbers = byTag(varint, [
    [profileField.dropFrames, this.header],
    [profileField.keepFrames, this.header],
    [profileField.timeNanos, this.header],
    [profileField.durationNanos, this.durations],
    [profileField.period, this.header],
    [profileField.comment, this.header],
    [profileField.defaultSampleType, this.header],
    [profileField.docUrl, this.header],
  ]);
}

function byTag(type: number, fields: readonly (readonly [number, Ranges])[]): (Ranges | undefined)[] {
  const ranges: (Ranges | undefined)[] = new Array(256).fill(undefined);
  for (const [field, kept] of fields) ranges[tagOf(field, type)] = kept;
  return ranges;
}

function numberOf({ lo, hi }: Varints): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}
