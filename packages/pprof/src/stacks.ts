import { addAt } from './halves.ts';
import { IntList } from './int-list.ts';
import { PairTable } from './pair-table.ts';
import type { ProfileIndex } from './profile-index.ts';
import { StackReader } from './stack-reader.ts';
import type { Symbols } from './symbols.ts';
import type { Varints } from './varints.ts';

/**
 * The stacks of one profile with their values, each a pair of halves so that 64 bits stay exact without bigints.
 * Samples of one stack are added up, as a process may list a stack twice.
 */
export class Stacks {
  readonly keys = new PairTable();
  count = 0;
  columns = 0;
  /** Halves of the values, stack by stack: those that were read with the samples, in their place. */
  values = new Int32Array();
  readonly #samples = new IntList();
  readonly #stacks = new IntList();
  readonly #frameEnds = new IntList();
  readonly #labelEnds = new IntList();
  readonly #reader = new StackReader();

  /** Whether every location id led to a location. */
  get whole(): boolean {
    return !this.#reader.dangling;
  }

  /** One more than the largest index into the string table that was read. */
  get wanted(): number {
    return this.#reader.wanted;
  }

  /** The first sample with this stack. */
  sample(stack: number): number {
    return this.#samples.at(stack);
  }

  /** The stack of a sample. */
  stack(sample: number): number {
    return this.#stacks.at(sample);
  }

  /** The places of the locations of all samples; those of one sample end at its `frameEnd`. */
  get frames(): IntList {
    return this.#reader.frames;
  }

  /** Where the frames of a sample end; 0 for the one before the first. */
  frameEnd(sample: number): number {
    return sample < 0 ? 0 : this.#frameEnds.at(sample);
  }

  /** The string indexes in the labels of all samples; those of one sample end at its `labelEnd`. */
  get labelNames(): IntList {
    return this.#reader.labelNames;
  }

  /** Where those of a sample end; 0 for the one before the first. */
  labelEnd(sample: number): number {
    return sample < 0 ? 0 : this.#labelEnds.at(sample);
  }

  /** Reads all samples of a profile. Throws {@link WireError}. */
  read(index: ProfileIndex, symbols: Symbols, reader: Varints): void {
    const { samples } = index;
    this.keys.reset(samples.count);
    this.#reset(index);
    for (let sample = 0; sample < samples.count; sample++) {
      this.#readStack(index, symbols, reader, sample);
      const stack = this.keys.add(this.#reader.key.lo, this.#reader.key.hi);
      this.#stacks.push(stack);
      if (stack === this.#samples.length) this.#take(stack, sample);
      else addSample(this.values, stack, sample, this.columns);
    }
    this.count = this.keys.size;
  }

  /** Takes the samples as stacks of their own, without keys; locations and labels only of those that are not all zero. */
  readKnown(index: ProfileIndex, symbols: Symbols, reader: Varints): void {
    this.count = index.samples.count;
    this.#reset(index);
    for (let sample = 0; sample < this.count; sample++) {
      this.#samples.push(sample);
      if (this.isZero(sample)) this.#endStack();
      else this.#readStack(index, symbols, reader, sample);
    }
  }

  isZero(stack: number): boolean {
    const { values, columns } = this;
    const end = (stack + 1) * columns * 2;
    for (let at = stack * columns * 2; at < end; at++) if (values[at] !== 0) return false;
    return true;
  }

  #reset({ samples }: ProfileIndex): void {
    this.columns = samples.columns;
    this.values = samples.values;
    this.#samples.clear();
    this.#stacks.clear();
    this.#frameEnds.clear();
    this.#labelEnds.clear();
    this.#reader.reset();
  }

  #readStack(index: ProfileIndex, symbols: Symbols, reader: Varints, sample: number): void {
    this.#reader.read(index, symbols, reader, sample);
    this.#endStack();
  }

  #endStack(): void {
    this.#frameEnds.push(this.frames.length);
    this.#labelEnds.push(this.labelNames.length);
  }

  /** A stack that was not there before: its values close up to those of the last one. */
  #take(stack: number, sample: number): void {
    this.#samples.push(sample);
    const width = this.columns * 2;
    if (stack !== sample) this.values.copyWithin(stack * width, sample * width, (sample + 1) * width);
  }
}

/** Adds the values of a sample to those of another one, or of a stack. */
export function addSample(values: Int32Array, to: number, sample: number, columns: number): void {
  for (let column = 0; column < columns; column++)
    addAt(values, (to * columns + column) * 2, (sample * columns + column) * 2);
}
