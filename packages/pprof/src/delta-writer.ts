import type { ProfileIndex } from './profile-index.ts';
import type { Ranges } from './ranges.ts';
import { type Row, rows } from './rows.ts';
import { writeSample } from './sample-writer.ts';
import { profileField, sampleField, tagOf } from './schema.ts';
import type { Stacks } from './stacks.ts';
import type { Symbols } from './symbols.ts';
import { UsedParts } from './used-parts.ts';
import type { UsedPlaces } from './used-places.ts';
import { clearFields, Varints } from './varints.ts';
import { toIndex, WireCursor, wireType } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

const tags = {
  ids: tagOf(sampleField.locationId, wireType.bytes),
  label: tagOf(sampleField.label, wireType.bytes),
} as const;

/** What the tables of rows hold, by their fields. */
const tables = { [profileField.mapping]: rows.mapping, [profileField.function]: rows.function } as const;

/**
 * Writes the smallest profile that holds the stacks which are not all zero: only those locations, functions, mappings
 * and strings that something in it uses. Ids stay, string indexes close up; what needs no change is copied as it is.
 */
export class DeltaWriter {
  readonly #out = new WireWriter();
  readonly #used = new UsedParts();
  readonly #outer = new WireCursor();
  readonly #inner = new WireCursor();
  readonly #reader = new Varints();
  readonly #fields = new Int32Array(2 * (rows.mapping.last + 1));

  /** Whether the profile last written needed every entry of its tables. */
  get allUsed(): boolean {
    const { locations, functions, mappings, strings } = this.#used;
    return locations.all && functions.all && mappings.all && strings.all;
  }

  /** The encoded profile; its bytes are valid until the next call. */
  write(index: ProfileIndex, symbols: Symbols, stacks: Stacks, duration: bigint): Uint8Array<ArrayBuffer> {
    const used = this.#used;
    used.mark(index, symbols, stacks);
    this.#reader.over(index.bytes);
    this.#out.clear();
    this.#header(index, index.sampleTypes);
    this.#samples(index, symbols, stacks);
    this.#rows(profileField.mapping, index, index.mappings, used.mappings);
    this.#runs(index.bytes, index.locations, used.locations);
    this.#rows(profileField.function, index, index.functions, used.functions);
    this.#runs(index.bytes, index.strings, used.strings);
    this.#header(index, index.header);
    this.#out.number(profileField.durationNanos, Number(duration & 0xffffffffn), Number(duration >> 32n));
    return this.#out.written;
  }

  #header({ bytes }: ProfileIndex, ranges: Ranges): void {
    for (let place = 0; place < ranges.count; place++) {
      const cursor = this.#outer.over(bytes, ranges.from(place), ranges.end(place));
      if (!cursor.next()) continue;
      if (cursor.field === profileField.sampleType || cursor.field === profileField.periodType)
        this.#row(cursor.field, cursor.start, cursor.end, rows.valueType);
      else if (cursor.field === profileField.comment) this.#comments(cursor);
      else this.#number(cursor.field, cursor.lo, cursor.hi, rows.header);
    }
  }

  #comments(outer: WireCursor): void {
    const start = this.#out.begin(outer.field);
    const numbers = this.#inner.enter(outer);
    while (numbers.varint()) this.#out.varint(this.#used.strings.numberOf(numbers.index));
    this.#out.endPacked(start);
  }

  #samples(index: ProfileIndex, symbols: Symbols, stacks: Stacks): void {
    const asTheyStand = index.samples.simple && stacks.whole;
    const sameLabels = this.#used.strings.all || stacks.labelNames.length === 0;
    for (let stack = 0; stack < stacks.count; stack++) {
      if (stacks.isZero(stack)) continue;
      if (!asTheyStand) this.#sample(index, symbols, stacks, stack);
      else if (sameLabels) writeSample(this.#out, index, stacks.sample(stack), stack);
      else this.#renamedSample(index, stacks.sample(stack), stack);
    }
  }

  /** A sample with the values of its stack, as it came but for its labels. */
  #renamedSample({ bytes, samples }: ProfileIndex, sample: number, stack: number): void {
    const { values, columns } = samples;
    const start = this.#out.begin(profileField.sample);
    this.#rest(bytes, samples.start(sample), samples.valuesFrom(sample));
    this.#out.packed(sampleField.value, values, stack * columns * 2, (stack + 1) * columns * 2);
    this.#rest(bytes, samples.valuesEnd(sample), samples.end(sample));
    this.#out.end(start);
  }

  /** Location ids as they came and labels with the new string indexes. */
  #rest(bytes: Uint8Array, from: number, end: number): void {
    const reader = this.#reader;
    for (let at = from; at < end; at = reader.at) {
      const tag = bytes[at];
      reader.at = at + 1;
      if (tag === tags.label) {
        const labelEnd = reader.length(end);
        this.#row(sampleField.label, reader.at, labelEnd, rows.label);
      } else {
        if (tag === tags.ids) reader.at = reader.length(end);
        else reader.read();
        this.#out.copy(bytes, at, reader.at);
      }
    }
  }

  /** A sample put together anew, as some of its locations may not be there, or its values not in one place. */
  #sample({ bytes, samples }: ProfileIndex, symbols: Symbols, stacks: Stacks, stack: number): void {
    const sample = stacks.sample(stack);
    const start = this.#out.begin(profileField.sample);
    this.#locationIds(symbols, stacks, sample);
    const width = stacks.columns * 2;
    this.#out.packed(sampleField.value, stacks.values, stack * width, (stack + 1) * width);
    const cursor = this.#outer.over(bytes, samples.start(sample), samples.end(sample));
    while (cursor.next())
      if (cursor.field === sampleField.label)
        this.#row(sampleField.label, cursor.start, cursor.end, rows.label);
    this.#out.end(start);
  }

  #locationIds(symbols: Symbols, stacks: Stacks, sample: number): void {
    const start = this.#out.begin(sampleField.locationId);
    for (let frame = stacks.frameEnd(sample - 1); frame < stacks.frameEnd(sample); frame++) {
      const place = stacks.frames.at(frame);
      this.#out.varint(symbols.idLo(place), symbols.idHi(place));
    }
    this.#out.endPacked(start);
  }

  /** The used entries of a table of rows. */
  #rows(field: keyof typeof tables, { bytes }: ProfileIndex, ranges: Ranges, used: UsedPlaces): void {
    if (this.#used.strings.all) this.#runs(bytes, ranges, used);
    else
      for (let place = 0; place < ranges.count; place++)
        if (used.has(place)) this.#row(field, ranges.start(place), ranges.end(place), tables[field]);
  }

  /** The message between two positions, with the new string indexes. */
  #row(field: number, from: number, end: number, row: Row): void {
    const fields = this.#fields;
    const start = this.#out.begin(field);
    clearFields(fields);
    this.#reader.at = from;
    while (!this.#reader.fields(end, row.bits, fields)) this.#reader.skip(end);
    for (let number = 1; number <= row.last; number++)
      this.#number(number, fields[number * 2] ?? 0, fields[number * 2 + 1] ?? 0, row);
    this.#out.end(start);
  }

  #number(field: number, lo: number, hi: number, { strings }: Row): void {
    if (strings[field]) this.#out.number(field, this.#used.strings.numberOf(toIndex(lo, hi)));
    else this.#out.number(field, lo, hi);
  }

  /** The used entries of a table as they are; those that stand side by side go in one piece. */
  #runs(bytes: Uint8Array, ranges: Ranges, used: UsedPlaces): void {
    let [from, end] = [0, 0];
    for (let place = 0; place < ranges.count; place++) {
      if (!used.has(place)) continue;
      if (ranges.from(place) !== end) {
        this.#out.copy(bytes, from, end);
        from = ranges.from(place);
      }
      end = ranges.end(place);
    }
    this.#out.copy(bytes, from, end);
  }
}
