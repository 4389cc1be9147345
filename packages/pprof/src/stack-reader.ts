import { Hash } from './hash.ts';
import { IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import { labelField, sampleField, tagOf } from './schema.ts';
import type { Symbols } from './symbols.ts';
import type { Varints } from './varints.ts';
import { wireType } from './wire.ts';

const { varint, bytes: content } = wireType;
const tags = {
  ids: tagOf(sampleField.locationId, content),
  id: tagOf(sampleField.locationId, varint),
  values: tagOf(sampleField.value, content),
  value: tagOf(sampleField.value, varint),
  label: tagOf(sampleField.label, content),
} as const;
const labelTags = {
  key: tagOf(labelField.key, varint),
  str: tagOf(labelField.str, varint),
  num: tagOf(labelField.num, varint),
  numUnit: tagOf(labelField.numUnit, varint),
} as const;

/**
 * Reads which stack a sample is of. The key of each is 64 bits that name the same stack in every profile of one process:
 * made of its locations in their order and its labels in any. Ids that lead nowhere count as absent.
 */
export class StackReader {
  /** The key of the sample last read, in two halves. */
  readonly key = new Hash();
  /** The places of the locations of all samples read since `reset`, one sample behind the other. */
  readonly frames = new IntList();
  /** The string indexes in the labels of all samples read since `reset`, as the frames. */
  readonly labelNames = new IntList();
  readonly #label = new Hash();
  /** Whether an id led nowhere since `reset`. */
  dangling = false;
  /** One more than the largest index into the string table that was read since `reset`. */
  wanted = 0;
  #labelsLo = 0;
  #labelsHi = 0;

  reset(): void {
    this.frames.clear();
    this.labelNames.clear();
    this.dangling = false;
    this.wanted = 0;
  }

  read({ samples }: ProfileIndex, symbols: Symbols, reader: Varints, sample: number): void {
    const end = samples.end(sample);
    this.#labelsLo = 0;
    this.#labelsHi = 0;
    this.key.start();
    reader.at = samples.start(sample);
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === tags.ids) {
        const idsEnd = reader.length(end);
        this.#addFrames(reader, idsEnd, symbols);
        reader.endAt(idsEnd);
      } else if (tag === tags.values) reader.at = reader.length(end);
      else if (tag === tags.label) this.#addLabel(reader, reader.length(end), symbols);
      else if (tag === tags.id) this.#addFrames(reader, reader.at + 1, symbols);
      else if (tag === tags.value) reader.read();
      else reader.skip(end);
    }
    this.key.addHash(this.#labelsLo, this.#labelsHi);
    this.key.finish();
  }

  /** The numbers that begin before `end`. */
  #addFrames(reader: Varints, end: number, { locationIds, locations }: Symbols): void {
    while (reader.at < end) {
      reader.read();
      const place = locationIds.find(reader.lo, reader.hi);
      if (place < 0) {
        this.dangling = true;
        continue;
      }
      this.key.addFrom(locations, place);
      this.frames.push(place);
    }
  }

  #addLabel(reader: Varints, end: number, { strings }: Symbols): void {
    let [key, str, unit, lo, hi] = [0, 0, 0, 0, 0];
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === labelTags.key) key = this.#readName(reader);
      else if (tag === labelTags.str) str = this.#readName(reader);
      else if (tag === labelTags.numUnit) unit = this.#readName(reader);
      else if (tag === labelTags.num) {
        reader.read();
        lo = reader.lo;
        hi = reader.hi;
      } else reader.skip(end);
    }
    reader.endAt(end);
    const hash = this.#label;
    hash.start();
    hash.addFrom(strings, key);
    hash.addFrom(strings, str);
    hash.addFrom(strings, unit);
    hash.add(lo);
    hash.add(hi);
    hash.finish();
    this.#labelsLo = (this.#labelsLo + hash.lo) | 0;
    this.#labelsHi = (this.#labelsHi + hash.hi) | 0;
  }

  #readName(reader: Varints): number {
    reader.read();
    const name = reader.index;
    if (name >= this.wanted) this.wanted = name + 1;
    this.labelNames.push(name);
    return name;
  }
}
