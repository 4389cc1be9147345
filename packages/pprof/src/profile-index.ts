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
      const from = reader.at;
      const tag = reader.tag();
      const ranges = this.#ranges[tag];
      if (tag === tags.sample) {
        this.digest.addBytes(bytes, done, from);
        this.#sample(reader, from);
        done = reader.at;
      } else if (ranges === undefined) reader.skip(bytes.length);
      else if ((tag & 7) === content) this.#content(reader, ranges, from);
      else {
        this.#number(reader, ranges, from);
        if (tag !== tags.time && tag !== tags.duration) continue;
        this.digest.addBytes(bytes, done, from + 1);
        done = reader.at;
      }
    }
    reader.endAt(bytes.length);
    this.digest.addBytes(bytes, done, bytes.length);
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
    for (const ranges of this.#ranges) ranges?.clear();
  }

  #sample(reader: Varints, from: number): void {
    const { bytes, samples, digest } = this;
    const end = reader.length(bytes.length);
    samples.read(reader, from, end);
    const sample = samples.count - 1;
    digest.addBytes(bytes, samples.start(sample), samples.valuesFrom(sample));
    digest.addBytes(bytes, samples.valuesEnd(sample), end);
  }

  #content(reader: Varints, ranges: Ranges, from: number): void {
    const end = reader.length(this.bytes.length);
    ranges.add(from, reader.at, end);
    reader.at = end;
  }

  #number(reader: Varints, ranges: Ranges, from: number): void {
    reader.read();
    ranges.add(from, from + 1, reader.at);
    if (ranges === this.durations) this.durationNanos = numberOf(reader);
    else if (this.bytes[from] === tags.time) this.timeNanos = numberOf(reader);
  }

  /** By tag: what a field of this number and type is kept in. */
  readonly #ranges = this.#byTag([
    [this.sampleTypes, content, [profileField.sampleType]],
    [this.mappings, content, [profileField.mapping]],
    [this.locations, content, [profileField.location]],
    [this.functions, content, [profileField.function]],
    [this.strings, content, [profileField.string]],
    [this.durations, varint, [profileField.durationNanos]],
    [this.header, content, [profileField.periodType, profileField.comment]],
    [
      this.header,
      varint,
      [
        profileField.dropFrames,
        profileField.keepFrames,
        profileField.timeNanos,
        profileField.period,
        profileField.comment,
        profileField.defaultSampleType,
        profileField.docUrl,
      ],
    ],
  ]);

  #byTag(kinds: readonly (readonly [Ranges, number, readonly number[]])[]): (Ranges | undefined)[] {
    const ranges: (Ranges | undefined)[] = new Array(256).fill(undefined);
    for (const [kept, type, fields] of kinds) for (const field of fields) ranges[tagOf(field, type)] = kept;
    return ranges;
  }
}

function numberOf({ lo, hi }: Varints): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}
