import { Hash } from './hash.ts';
import { grown } from './int-list.ts';
import { profileField, sampleField } from './schema.ts';
import { wireType } from './wire.ts';

const tagOf = (field: number, type: number) => (field << 3) | type;
const tags = {
  sample: tagOf(profileField.sample, wireType.bytes),
  time: tagOf(profileField.timeNanos, wireType.varint),
  duration: tagOf(profileField.durationNanos, wireType.varint),
  ids: tagOf(sampleField.locationId, wireType.bytes),
  values: tagOf(sampleField.value, wireType.bytes),
} as const;

const nothing: Uint8Array = new Uint8Array();

/** Positions that are kept of each sample: where it begins, its ids begin and end, its values end, it ends. */
const kept = 5;

/**
 * Reads a profile apart into what changes from one scrape to the next (values, time, duration) and the rest, of which
 * it makes a digest of 64 bits. A process that met no new stack sends the same rest, byte for byte: what is known of it
 * from the first time, down to its being well-formed, need not be found out again. Only profiles of the usual encoding
 * (numbers of a sample packed, its ids before its values) can be read so.
 */
export class SameShape {
  readonly digest = new Hash();
  samples = 0;
  timeLo = 0;
  timeHi = 0;
  /** The field that says how long the profile took; both 0 where there is none. */
  durationFrom = 0;
  durationEnd = 0;
  bytes = nothing;
  /** Halves of the values, column by column, sample by sample. */
  values = new Int32Array();
  #places = new Int32Array();
  #at = 0;
  #lo = 0;
  #hi = 0;

  /** Whether the profile is of the usual encoding, with so many values in each sample. */
  read(bytes: Uint8Array, columns: number): boolean {
    this.bytes = bytes;
    this.samples = 0;
    this.timeLo = 0;
    this.timeHi = 0;
    this.durationFrom = 0;
    this.durationEnd = 0;
    this.digest.start();
    let run = 0;
    for (this.#at = 0; this.#at < bytes.length; ) {
      const from = this.#at;
      const tag = bytes[this.#at++] ?? 0;
      const end = this.#skip(tag);
      if (end < 0) return false;
      if (tag !== tags.sample && tag !== tags.time && tag !== tags.duration) {
        this.#at = end;
        continue;
      }
      this.digest.addBytes(bytes, run, from);
      if (tag === tags.sample && !this.#sample(from, end, columns)) return false;
      if (tag === tags.time) this.#keepTime();
      if (tag === tags.duration && !this.#keepDuration(from, end)) return false;
      this.digest.add(tag);
      this.#at = end;
      run = end;
    }
    this.digest.addBytes(bytes, run, bytes.length);
    this.digest.finish();
    return this.#at === bytes.length;
  }

  /** Lets go of the profile. */
  release(): void {
    this.bytes = nothing;
    this.digest.release();
  }

  /** Where a sample begins. */
  from(sample: number): number {
    return this.#places[sample * kept] ?? 0;
  }

  /** Where the field of its location ids begins, and where its content ends. */
  idsFrom(sample: number): number {
    return this.#places[sample * kept + 1] ?? 0;
  }

  idsEnd(sample: number): number {
    return this.#places[sample * kept + 2] ?? 0;
  }

  /** Where its labels begin. */
  labelsFrom(sample: number): number {
    return this.#places[sample * kept + 3] ?? 0;
  }

  end(sample: number): number {
    return this.#places[sample * kept + 4] ?? 0;
  }

  /** After a tag: goes to the content of a field and gives its end; -1 for what is unusual or damaged. */
  #skip(tag: number): number {
    if (tag >= 0x80 || tag < 8) return -1;
    const type = tag & 7;
    if (type === wireType.varint) {
      const start = this.#at;
      const end = this.#varint() ? this.#at : -1;
      this.#at = start;
      return end;
    }
    if (type !== wireType.bytes || !this.#varint() || this.#hi !== 0 || this.#lo < 0) return -1;
    const end = this.#at + this.#lo;
    return end <= this.bytes.length ? end : -1;
  }

  #sample(from: number, end: number, columns: number): boolean {
    const { bytes } = this;
    const idsFrom = this.#at;
    if (bytes[this.#at++] !== tags.ids || !this.#varint()) return false;
    const idsEnd = this.#at + this.#lo;
    if (this.#hi !== 0 || this.#lo < 0 || idsEnd > end) return false;
    this.digest.addBytes(bytes, this.#at, idsEnd);
    this.#at = idsEnd;
    if (bytes[this.#at++] !== tags.values || !this.#varint()) return false;
    const valuesEnd = this.#at + this.#lo;
    if (this.#hi !== 0 || this.#lo < 0 || valuesEnd > end || !this.#values(columns, valuesEnd)) return false;
    this.digest.addBytes(bytes, valuesEnd, end);
    this.#keep(from, idsFrom, idsEnd, valuesEnd, end);
    return true;
  }

  #values(columns: number, end: number): boolean {
    let at = this.samples * columns * 2;
    if (at + columns * 2 > this.values.length) this.values = grown(this.values, at + columns * 2);
    for (let column = 0; column < columns; column++) {
      if (this.#at >= end || !this.#varint()) return false;
      this.values[at++] = this.#lo;
      this.values[at++] = this.#hi;
    }
    return this.#at === end;
  }

  #keep(from: number, idsFrom: number, idsEnd: number, labelsFrom: number, end: number): void {
    const at = this.samples++ * kept;
    if (at + kept > this.#places.length) this.#places = grown(this.#places, at + kept);
    this.#places[at] = from;
    this.#places[at + 1] = idsFrom;
    this.#places[at + 2] = idsEnd;
    this.#places[at + 3] = labelsFrom;
    this.#places[at + 4] = end;
  }

  #keepTime(): void {
    this.#varint();
    this.timeLo = this.#lo;
    this.timeHi = this.#hi;
  }

  #keepDuration(from: number, end: number): boolean {
    if (this.durationEnd > 0) return false;
    this.durationFrom = from;
    this.durationEnd = end;
    return true;
  }

  /** Reads a number; false where there is none. */
  #varint(): boolean {
    const { bytes } = this;
    let at = this.#at;
    let byte = bytes[at++] ?? 0x80;
    if (byte < 0x80) {
      this.#at = at;
      this.#lo = byte;
      this.#hi = 0;
      return true;
    }
    let lo = byte & 0x7f;
    let hi = 0;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      if (at >= bytes.length || shift > 63) return false;
      byte = bytes[at++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 32) lo |= bits << shift;
      if (shift >= 32) hi |= bits << (shift - 32);
      else if (shift === 28) hi |= bits >>> 4;
    }
    this.#at = at;
    this.#lo = lo;
    this.#hi = hi;
    return true;
  }
}
