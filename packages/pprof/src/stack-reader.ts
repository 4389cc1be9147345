import { Hash } from './hash.ts';
import { IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import { bitsOf, labelField, sampleField, tagOf } from './schema.ts';
import type { Symbols } from './symbols.ts';
import { clearFields, type Varints } from './varints.ts';
import { toIndex, wireType } from './wire.ts';

const { varint, bytes: content } = wireType;
const tags = {
  ids: tagOf(sampleField.locationId, content),
  id: tagOf(sampleField.locationId, varint),
  values: tagOf(sampleField.value, content),
  value: tagOf(sampleField.value, varint),
  label: tagOf(sampleField.label, content),
} as const;
const labelNumbers = bitsOf(...Object.values(labelField));

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
  /** The numbers of the label being read, in halves by field. */
  readonly #fields = new Int32Array(2 * (labelField.numUnit + 1));

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
      const tag = reader.bytes[reader.at++];
      if (tag === tags.ids) this.#addPacked(reader, reader.length(end), symbols);
      else if (tag === tags.values) reader.at = reader.length(end);
      else if (tag === tags.label) this.#addLabel(reader, reader.length(end), symbols);
      else if (tag === tags.id) this.#addFrames(reader, reader.at + 1, symbols);
      else if (tag === tags.value) reader.read();
      else {
        reader.at--;
        reader.skip(end);
      }
    }
    this.key.addHash(this.#labelsLo, this.#labelsHi);
    this.key.finish();
  }

  #addPacked(reader: Varints, end: number, symbols: Symbols): void {
    this.#addFrames(reader, end, symbols);
    reader.endAt(end);
  }

  /**
   * The numbers that begin before `end`. Most of what is read of a profile is read here, so it is one loop with
   * everything in variables: short ids that count from 1 are found, and hashed as {@link Hash.addHash} does it, in place.
   */
  #addFrames(reader: Varints, end: number, { locationIds, locations }: Symbols): void {
    const { bytes } = reader;
    const { counted } = locationIds;
    this.frames.reserve(end - reader.at);
    const { values: frames } = this.frames;
    let { length } = this.frames;
    let { lo, hi } = this.key;
    let { at } = reader;
    while (at < end) {
      const first = bytes[at] ?? 0x80;
      const second = bytes[at + 1] ?? 0x80;
      let place = -1;
      if ((first & second) < 0x80) {
        const more = first >>> 7;
        const id = (first & 0x7f) | ((second << 7) & -more);
        place = (id - 1) >>> 0 < counted ? id - 1 : locationIds.find(id, 0);
        at += 1 + more;
      } else {
        reader.at = at;
        reader.read();
        place = locationIds.find(reader.lo, reader.hi);
        at = reader.at;
      }
      if (place < 0) {
        this.dangling = true;
        continue;
      }
      frames[length++] = place;
      lo = Math.imul(lo ^ (locations[place * 2] ?? 0), 0x9e3779b1);
      hi = Math.imul(hi ^ (locations[place * 2 + 1] ?? 0), 0x5f356495);
      lo = (lo << 15) | (lo >>> 17);
      hi = (hi << 13) | (hi >>> 19);
    }
    reader.at = at;
    this.key.lo = lo;
    this.key.hi = hi;
    this.frames.length = length;
  }

  #addLabel(reader: Varints, end: number, { strings }: Symbols): void {
    const fields = this.#fields;
    clearFields(fields);
    while (!reader.fields(end, labelNumbers, fields)) reader.skip(end);
    reader.endAt(end);
    const hash = this.#label;
    hash.start();
    hash.addFrom(strings, this.#name(labelField.key));
    hash.addFrom(strings, this.#name(labelField.str));
    hash.addFrom(strings, this.#name(labelField.numUnit));
    hash.add(fields[labelField.num * 2] ?? 0);
    hash.add(fields[labelField.num * 2 + 1] ?? 0);
    hash.finish();
    this.#labelsLo = (this.#labelsLo + hash.lo) | 0;
    this.#labelsHi = (this.#labelsHi + hash.hi) | 0;
  }

  /** A field of the label that was read, as an index into the string table. */
  #name(field: number): number {
    const name = toIndex(this.#fields[field * 2] ?? 0, this.#fields[field * 2 + 1] ?? 0);
    if (name >= this.wanted) this.wanted = name + 1;
    if (name > 0) this.labelNames.push(name);
    return name;
  }
}
