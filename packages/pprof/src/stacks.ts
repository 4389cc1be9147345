import { grown, IntList } from './int-list.ts';
import { PairTable } from './pair-table.ts';
import type { ProfileIndex } from './profile-index.ts';
import { StackReader } from './stack-reader.ts';
import type { Symbols } from './symbols.ts';

/**
 * The stacks of one profile with their values, each a pair of halves so that 64 bits stay exact without bigints.
 * Samples of one stack are added up, as a process may list a stack twice.
 */
export class Stacks {
  readonly keys = new PairTable();
  columns = 0;
  #values = new Int32Array();
  readonly #samples = new IntList();
  readonly #frameEnds = new IntList();
  readonly #reader = new StackReader();

  count = 0;

  /** Whether every location id led to a location. */
  get whole(): boolean {
    return !this.#reader.dangling;
  }

  /** The first sample with this stack. */
  sample(stack: number): number {
    return this.#samples.at(stack);
  }

  lo(stack: number, column: number): number {
    return this.#values[(stack * this.columns + column) * 2] ?? 0;
  }

  hi(stack: number, column: number): number {
    return this.#values[(stack * this.columns + column) * 2 + 1] ?? 0;
  }

  /** The places of the locations of all samples; those of one sample end at its `frameEnd`. */
  get frames(): IntList {
    return this.#reader.frames;
  }

  /** Where the frames of a sample end; 0 for the one before the first. */
  frameEnd(sample: number): number {
    return sample < 0 ? 0 : this.#frameEnds.at(sample);
  }

  /** Reads all samples of a profile. */
  read(index: ProfileIndex, symbols: Symbols, columns: number): void {
    const count = index.samples.count;
    this.keys.reset(count);
    this.#reset(columns);
    this.#values = grown(this.#values, count * columns * 2);
    this.#values.fill(0, 0, count * columns * 2);
    for (let sample = 0; sample < count; sample++) {
      this.#reader.read(index, symbols, sample);
      this.#frameEnds.push(this.#reader.frames.length);
      const stack = this.keys.add(this.#reader.key.lo, this.#reader.key.hi);
      if (stack === this.#samples.length) this.#samples.push(sample);
      this.#addValues(stack);
    }
    this.count = this.keys.size;
  }

  /** Takes the samples as stacks of their own, without keys, with values that are known; locations only of those that are not all zero. */
  readKnown(index: ProfileIndex, symbols: Symbols, columns: number, values: Int32Array<ArrayBuffer>): void {
    this.count = index.samples.count;
    this.#reset(columns);
    this.#values = grown(this.#values, this.count * columns * 2);
    this.#values.set(values.subarray(0, this.count * columns * 2));
    for (let sample = 0; sample < this.count; sample++) {
      this.#samples.push(sample);
      if (!this.isZero(sample)) this.#reader.readFrames(index, symbols, sample);
      this.#frameEnds.push(this.#reader.frames.length);
    }
  }

  #reset(columns: number): void {
    this.columns = columns;
    this.#samples.clear();
    this.#frameEnds.clear();
    this.#reader.reset();
  }

  isZero(stack: number): boolean {
    const from = stack * this.columns * 2;
    for (let at = from; at < from + this.columns * 2; at++) if (this.#values[at] !== 0) return false;
    return true;
  }

  /** Whether the value is less than another one. */
  isLess(stack: number, column: number, lo: number, hi: number): boolean {
    const own = this.hi(stack, column);
    return own < hi || (own === hi && this.lo(stack, column) >>> 0 < lo >>> 0);
  }

  /** Adds to a value, wrapping round at 64 bits. */
  add(stack: number, column: number, lo: number, hi: number): void {
    const at = (stack * this.columns + column) * 2;
    const low = ((this.#values[at] ?? 0) >>> 0) + (lo >>> 0);
    this.#values[at] = low;
    this.#values[at + 1] = (this.#values[at + 1] ?? 0) + hi + (low > 0xffffffff ? 1 : 0);
  }

  /** Takes away from a value: the two's complement added. */
  subtract(stack: number, column: number, lo: number, hi: number): void {
    this.add(stack, column, -lo, lo === 0 ? -hi : ~hi);
  }

  #addValues(stack: number): void {
    const { values } = this.#reader;
    for (let column = 0; column < this.columns; column++)
      this.add(stack, column, values.at(column * 2), values.at(column * 2 + 1));
  }
}
