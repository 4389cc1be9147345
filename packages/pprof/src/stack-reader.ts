import { Hash } from './hash.ts';
import { IntList } from './int-list.ts';
import type { ProfileIndex } from './profile-index.ts';
import { labelField, sampleField } from './schema.ts';
import type { Symbols } from './symbols.ts';
import { WireCursor } from './wire.ts';

/**
 * Reads samples. The key of each is 64 bits that name the same stack in every profile of one process: made of its
 * locations in their order and its labels in any. Ids that lead nowhere count as absent.
 */
export class StackReader {
  /** The key of the sample last read, in two halves. */
  readonly key = new Hash();
  /** The values of the sample last read, in pairs of halves. */
  readonly values = new IntList();
  /** The places of the locations of all samples read since `reset`, one sample behind the other. */
  readonly frames = new IntList();
  readonly #label = new Hash();
  readonly #sample = new WireCursor();
  readonly #inner = new WireCursor();
  /** Whether an id led nowhere since `reset`. */
  dangling = false;
  #labelsLo = 0;
  #labelsHi = 0;

  reset(): void {
    this.frames.clear();
    this.dangling = false;
  }

  /** Reads the locations alone, which leaves key and values as they were. */
  readFrames({ bytes, samples }: ProfileIndex, symbols: Symbols, sample: number): void {
    const cursor = this.#sample.over(bytes, samples.start(sample), samples.end(sample));
    while (cursor.next())
      if (cursor.field === sampleField.locationId) this.#addFrames(this.#inner.enter(cursor), symbols);
  }

  read({ bytes, samples }: ProfileIndex, symbols: Symbols, sample: number): void {
    const cursor = this.#sample.over(bytes, samples.start(sample), samples.end(sample));
    this.#labelsLo = 0;
    this.#labelsHi = 0;
    this.values.clear();
    this.key.start();
    while (cursor.next()) {
      const inner = this.#inner.enter(cursor);
      if (cursor.field === sampleField.locationId) this.#addFrames(inner, symbols);
      else if (cursor.field === sampleField.value) this.#addValues(inner);
      else if (cursor.field === sampleField.label) this.#addLabel(inner, symbols);
    }
    this.key.add(this.#labelsLo);
    this.key.add(this.#labelsHi);
    this.key.finish();
  }

  #addFrames(ids: WireCursor, { locationIds, locations }: Symbols): void {
    while (ids.varint()) {
      const place = locationIds.find(ids.lo, ids.hi);
      if (place < 0) {
        this.dangling = true;
        continue;
      }
      this.key.addFrom(locations, place);
      this.frames.push(place);
    }
  }

  #addValues(numbers: WireCursor): void {
    while (numbers.varint()) {
      this.values.push(numbers.lo);
      this.values.push(numbers.hi);
    }
  }

  #addLabel(cursor: WireCursor, { strings }: Symbols): void {
    let [key, str, unit, lo, hi] = [0, 0, 0, 0, 0];
    while (cursor.next()) {
      if (cursor.field === labelField.key) key = cursor.index;
      else if (cursor.field === labelField.str) str = cursor.index;
      else if (cursor.field === labelField.numUnit) unit = cursor.index;
      else if (cursor.field === labelField.num) {
        lo = cursor.lo;
        hi = cursor.hi;
      }
    }
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
}
