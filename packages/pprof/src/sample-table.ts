import { grown } from './int-list.ts';
import { sampleField, tagOf } from './schema.ts';
import type { Varints } from './varints.ts';
import { WireError, wireType } from './wire.ts';

const tags = {
  ids: tagOf(sampleField.locationId, wireType.bytes),
  id: tagOf(sampleField.locationId, wireType.varint),
  values: tagOf(sampleField.value, wireType.bytes),
  value: tagOf(sampleField.value, wireType.varint),
  label: tagOf(sampleField.label, wireType.bytes),
} as const;

/** Positions that are kept of each sample: where it begins, its content begins, its values begin and end, it ends. */
const kept = 5;

/** More values than any sample has; so many are read only where the whole profile was checked before. */
const mostColumns = 64;

/**
 * The samples of a profile: their values, read, and where the rest of each stands. The rest is all that says which
 * stack it is. Go writes the values before the rest and single numbers unpacked, others the other way round.
 */
export class SampleTable {
  count = 0;
  /** How many values each sample has. */
  columns = 0;
  /** Halves of the values, sample by sample. */
  values = new Int32Array();
  /** Whether the values of each sample stand in one place, and nothing unknown beside them. */
  simple = true;
  #places = new Int32Array();
  #length = 0;
  #anyWidth = false;

  /** Forgets all samples; with `anyWidth` they may have more values than is usual. */
  clear(anyWidth: boolean): void {
    this.count = 0;
    this.columns = 0;
    this.simple = true;
    this.#length = 0;
    this.#anyWidth = anyWidth;
  }

  from(sample: number): number {
    return this.#places[sample * kept] ?? 0;
  }

  start(sample: number): number {
    return this.#places[sample * kept + 1] ?? 0;
  }

  /** Where the field of its values begins, tag included. */
  valuesFrom(sample: number): number {
    return this.#places[sample * kept + 2] ?? 0;
  }

  valuesEnd(sample: number): number {
    return this.#places[sample * kept + 3] ?? 0;
  }

  end(sample: number): number {
    return this.#places[sample * kept + 4] ?? 0;
  }

  /** Reads the sample whose content begins where the reader is. */
  read(reader: Varints, from: number, end: number): void {
    const start = reader.at;
    const first = this.#length;
    let [valuesFrom, valuesEnd] = [start, start];
    while (reader.at < end) {
      const field = reader.at;
      const tag = reader.bytes[reader.at++];
      if (tag === tags.ids || tag === tags.label) reader.at = reader.length(end);
      else if (tag === tags.id) reader.read();
      else if (tag === tags.values || tag === tags.value) {
        if (this.#length === first) valuesFrom = field;
        else if (field !== valuesEnd) this.simple = false;
        if (tag === tags.values) this.#readPacked(reader, reader.length(end), first);
        else this.#readValues(reader, reader.at + 1, first);
        valuesEnd = reader.at;
      } else {
        this.simple = false;
        reader.at = field;
        reader.skip(end);
      }
    }
    reader.endAt(end);
    this.#take(first);
    this.#keep(from, start, valuesFrom, valuesEnd, end);
  }

  #readPacked(reader: Varints, end: number, first: number): void {
    this.#readValues(reader, end, first);
    reader.endAt(end);
  }

  /** Reads the numbers that begin before `end`. */
  #readValues(reader: Varints, end: number, first: number): void {
    while (reader.at < end) {
      if (this.#length + 2 > this.values.length) this.#grow(first);
      this.#length = reader.numbers(end, this.values, this.#length);
    }
  }

  #grow(first: number): void {
    if (this.#length - first > mostColumns * 2 && !this.#anyWidth)
      throw new WireError('a sample has many values', false);
    this.values = grown(this.values, this.#length + 2);
  }

  /** All samples have as many values as the first one. */
  #take(first: number): void {
    const columns = (this.#length - first) / 2;
    if (this.count === 0) this.columns = columns;
    if (columns === 0 || columns !== this.columns)
      throw new WireError('a sample has another number of values', false);
  }

  #keep(from: number, start: number, valuesFrom: number, valuesEnd: number, end: number): void {
    const at = this.count++ * kept;
    if (at + kept > this.#places.length) this.#places = grown(this.#places, at + kept);
    this.#places[at] = from;
    this.#places[at + 1] = start;
    this.#places[at + 2] = valuesFrom;
    this.#places[at + 3] = valuesEnd;
    this.#places[at + 4] = end;
  }
}
