import type { ProfileIndex } from './profile-index.ts';
import type { Ranges } from './ranges.ts';
import { type Row, rows } from './rows.ts';
import { writeSample } from './same-shape-step.ts';
import { profileField, sampleField } from './schema.ts';
import type { Stacks } from './stacks.ts';
import type { Symbols } from './symbols.ts';
import { UsedParts } from './used-parts.ts';
import type { UsedPlaces } from './used-places.ts';
import { WireCursor } from './wire.ts';
import { WireWriter } from './wire-writer.ts';

/**
 * Writes the smallest profile that holds the stacks which are not all zero: only those locations, functions, mappings
 * and strings that something in it uses. Ids stay, string indexes close up; what needs no change is copied as it is.
 */
export class DeltaWriter {
  readonly #out = new WireWriter();
  readonly #used = new UsedParts();
  readonly #outer = new WireCursor();
  readonly #inner = new WireCursor();

  /** Whether the profile last written needed every entry of its tables. */
  get allUsed(): boolean {
    const { locations, functions, mappings, strings } = this.#used;
    return locations.all && functions.all && mappings.all && strings.all;
  }

  /** The encoded profile; its bytes are valid until the next call. */
  write(index: ProfileIndex, symbols: Symbols, stacks: Stacks, duration: bigint): Uint8Array<ArrayBuffer> {
    const used = this.#used;
    used.mark(index, symbols, stacks);
    this.#out.clear();
    this.#header(index, index.sampleTypes);
    this.#samples(index, symbols, stacks);
    this.#rows(index.bytes, index.mappings, used.mappings, rows.mapping);
    this.#runs(index.bytes, index.locations, used.locations);
    this.#rows(index.bytes, index.functions, used.functions, rows.function);
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
        this.#row(cursor, rows.valueType);
      else if (cursor.field === profileField.comment) this.#comments(cursor);
      else this.#number(cursor, rows.header);
    }
  }

  #comments(outer: WireCursor): void {
    const start = this.#out.begin(outer.field);
    const numbers = this.#inner.enter(outer);
    while (numbers.varint()) this.#out.varint(this.#used.strings.numberOf(numbers.index));
    this.#out.endPacked(start);
  }

  #samples(index: ProfileIndex, symbols: Symbols, stacks: Stacks): void {
    const asTheyCame =
      index.samples.simple &&
      stacks.whole &&
      stacks.count === index.samples.count &&
      (this.#used.strings.all || stacks.labelNames.length === 0);
    for (let stack = 0; stack < stacks.count; stack++) {
      if (stacks.isZero(stack)) continue;
      if (asTheyCame) writeSample(this.#out, index, stack);
      else this.#sample(index, symbols, stacks, stack);
    }
  }

  #sample({ bytes, samples }: ProfileIndex, symbols: Symbols, stacks: Stacks, stack: number): void {
    const sample = stacks.sample(stack);
    const start = this.#out.begin(profileField.sample);
    this.#locationIds(symbols, stacks, sample);
    const width = stacks.columns * 2;
    this.#out.packed(sampleField.value, stacks.values, stack * width, (stack + 1) * width);
    const cursor = this.#outer.over(bytes, samples.start(sample), samples.end(sample));
    while (cursor.next()) if (cursor.field === sampleField.label) this.#row(cursor, rows.label);
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
  #rows(bytes: Uint8Array, ranges: Ranges, used: UsedPlaces, row: Row): void {
    if (this.#used.strings.all) this.#runs(bytes, ranges, used);
    else this.#renamed(bytes, ranges, used, row);
  }

  #renamed(bytes: Uint8Array, ranges: Ranges, used: UsedPlaces, row: Row): void {
    for (let place = 0; place < ranges.count; place++) {
      if (!used.has(place)) continue;
      const cursor = this.#outer.over(bytes, ranges.from(place), ranges.end(place));
      if (cursor.next()) this.#row(cursor, row);
    }
  }

  /** The message that the current field holds, with the new string indexes. */
  #row(outer: WireCursor, row: Row): void {
    const start = this.#out.begin(outer.field);
    const cursor = this.#inner.enter(outer);
    while (cursor.next()) this.#number(cursor, row);
    this.#out.end(start);
  }

  #number(cursor: WireCursor, { strings, last }: Row): void {
    const { field } = cursor;
    if (strings[field]) this.#out.number(field, this.#used.strings.numberOf(cursor.index));
    else if (field <= last) this.#out.number(field, cursor.lo, cursor.hi);
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
