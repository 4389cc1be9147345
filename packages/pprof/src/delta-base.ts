import type { SampleTypes } from './sample-types.ts';
import type { Stacks } from './stacks.ts';

/**
 * What is kept of a profile until the next one: for each stack with a counter that is not 0, its key and those
 * counters, as halves of 32 bits in one array of exactly that size (8 bytes for each).
 */
export interface DeltaBase {
  readonly types: SampleTypes;
  readonly counters: Int32Array;
  /** When the last profile that tells its time was taken, nanoseconds since the Unix epoch; 0 where none did. */
  readonly timeNanos: bigint;
  /** Where the next profile can be compared without reading what did not change. */
  readonly shape?: KnownShape | undefined;
}

/** A profile whose samples stand in `counters` one by one in their order, none left out. */
export interface KnownShape {
  /** The digest of all of it that is no value. */
  readonly lo: number;
  readonly hi: number;
  readonly samples: number;
  /** Whether something uses every entry of its tables while no sample is all zero; undefined where that was not found out yet. */
  allUsed: boolean | undefined;
}

/** The base that a profile leaves for the next one. */
export function baseOf(stacks: Stacks, types: SampleTypes, timeNanos: bigint): DeltaBase {
  const { cumulative } = types;
  let kept = 0;
  for (let stack = 0; stack < stacks.count; stack++) if (counts(stacks, stack, cumulative)) kept++;
  const counters = new Int32Array(kept * stride(types));
  let at = 0;
  for (let stack = 0; stack < stacks.count; stack++) {
    if (!counts(stacks, stack, cumulative)) continue;
    counters[at++] = stacks.keys.lo(stack);
    counters[at++] = stacks.keys.hi(stack);
    for (const column of cumulative) {
      counters[at++] = stacks.lo(stack, column);
      counters[at++] = stacks.hi(stack, column);
    }
  }
  return { types, counters, timeNanos };
}

/**
 * A counter shrank or vanished, or the types are others: the process behind the address is another one now. Counters of
 * a living Go process never shrink.
 */
export function wasReset(base: DeltaBase, stacks: Stacks, types: SampleTypes): boolean {
  if (types.text !== base.types.text) return true;
  const { counters } = base;
  for (let at = 0; at < counters.length; at += stride(types)) {
    const stack = stacks.keys.find(int(counters, at), int(counters, at + 1));
    if (shrank(counters, at + 2, stacks, stack, types.cumulative)) return true;
  }
  return false;
}

/** Makes the counters of the stacks their difference to the base; only after {@link wasReset} said no. */
export function subtractBase(base: DeltaBase, stacks: Stacks): void {
  const { counters, types } = base;
  for (let at = 0; at < counters.length; at += stride(types)) {
    const stack = stacks.keys.find(int(counters, at), int(counters, at + 1));
    if (stack < 0) continue;
    let value = at + 2;
    for (const column of types.cumulative) {
      stacks.subtract(stack, column, int(counters, value), int(counters, value + 1));
      value += 2;
    }
  }
}

function shrank(
  counters: Int32Array,
  from: number,
  stacks: Stacks,
  stack: number,
  columns: readonly number[],
): boolean {
  let at = from;
  for (const column of columns) {
    const [lo, hi] = [int(counters, at), int(counters, at + 1)];
    if (stack < 0 ? hi > 0 || (hi === 0 && lo !== 0) : stacks.isLess(stack, column, lo, hi)) return true;
    at += 2;
  }
  return false;
}

function counts(stacks: Stacks, stack: number, columns: readonly number[]): boolean {
  return columns.some((column) => stacks.lo(stack, column) !== 0 || stacks.hi(stack, column) !== 0);
}

/** How many integers of `counters` belong to one stack. */
export function stride({ cumulative }: SampleTypes): number {
  return 2 + cumulative.length * 2;
}

function int(array: Int32Array, at: number): number {
  return array[at] ?? 0;
}
