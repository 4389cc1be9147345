import type { ProfileIndex } from './profile-index.ts';
import { type Row, rows } from './rows.ts';
import { profileField } from './schema.ts';
import type { Stacks } from './stacks.ts';
import type { Symbols } from './symbols.ts';
import { UsedPlaces } from './used-places.ts';
import { WireCursor } from './wire.ts';

/** Which entries of a profile's tables something still uses, once only the stacks count that are not all zero. */
export class UsedParts {
  readonly locations = new UsedPlaces();
  readonly functions = new UsedPlaces();
  readonly mappings = new UsedPlaces();
  readonly strings = new UsedPlaces();
  readonly #outer = new WireCursor();
  readonly #inner = new WireCursor();

  mark(index: ProfileIndex, symbols: Symbols, stacks: Stacks): void {
    this.locations.reset(index.locations.count);
    this.functions.reset(index.functions.count);
    this.mappings.reset(index.mappings.count);
    this.strings.reset(index.strings.count);
    this.strings.mark(0);
    this.#markHeader(index);
    for (let stack = 0; stack < stacks.count; stack++) {
      if (stacks.isZero(stack)) continue;
      const sample = stacks.sample(stack);
      if (!this.locations.all)
        this.locations.markAll(stacks.frames.values, stacks.frameEnd(sample - 1), stacks.frameEnd(sample));
      this.#markLabels(stacks, sample);
    }
    for (let location = 0; location < index.locations.count; location++)
      if (this.locations.has(location)) this.#markLocation(symbols, location);
    this.strings.number();
  }

  #markHeader({ bytes, sampleTypes, header }: ProfileIndex): void {
    for (const ranges of [sampleTypes, header]) {
      for (let place = 0; place < ranges.count; place++) {
        const cursor = this.#outer.over(bytes, ranges.from(place), ranges.end(place));
        if (!cursor.next()) continue;
        const inner = this.#inner.enter(cursor);
        if (cursor.field === profileField.comment) while (inner.varint()) this.strings.mark(inner.index);
        else if (cursor.field === profileField.sampleType || cursor.field === profileField.periodType)
          this.#markRow(inner, rows.valueType);
        else if (rows.header.strings[cursor.field]) this.strings.mark(cursor.index);
      }
    }
  }

  #markLocation(symbols: Symbols, location: number): void {
    const end = symbols.lineEnd(location);
    for (let line = symbols.lineEnd(location - 1); line < end; line++)
      this.#markFunction(symbols, symbols.lineFunctions.at(line));
    const mapping = symbols.mapping(location);
    if (mapping < 0) return;
    // The first mapping is that of the main binary by the format, so it stays the first where any is used.
    this.#markMapping(symbols, 0);
    this.#markMapping(symbols, mapping);
  }

  #markFunction({ functionNames }: Symbols, fn: number): void {
    if (!this.functions.mark(fn)) return;
    for (let name = fn * 3; name < fn * 3 + 3; name++) this.strings.mark(functionNames.at(name));
  }

  #markMapping({ mappingNames }: Symbols, mapping: number): void {
    if (!this.mappings.mark(mapping)) return;
    for (let name = mapping * 2; name < mapping * 2 + 2; name++) this.strings.mark(mappingNames.at(name));
  }

  #markLabels(stacks: Stacks, sample: number): void {
    const end = stacks.labelEnd(sample);
    for (let name = stacks.labelEnd(sample - 1); name < end; name++)
      this.strings.mark(stacks.labelNames.at(name));
  }

  #markRow(cursor: WireCursor, row: Row): void {
    while (cursor.next()) if (row.strings[cursor.field]) this.strings.mark(cursor.index);
  }
}
