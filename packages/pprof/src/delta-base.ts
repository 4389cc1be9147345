import { subtractAt } from './halves.ts';
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

/**
 * A profile whose samples stand in `counters` one by one in their order, also those of zeros; where a stack is listed
 * again, its first sample has the sums and the others have zeros.
 */
export interface KnownShape {
  /** The digest of all of it that is no value. */
  readonly lo: number;
  readonly hi: number;
  readonly samples: number;
  /** Samples of a stack that was listed before, each with the first sample of that; few, if any. */
  readonly repeats: Int32Array;
  /** Whether something uses every entry of its tables while no sample is all zero; undefined where that was not found out yet. */
  allUsed: boolean | undefined;
}

/** The counters that a profile leaves for the next one: of each stack that has any. */
export function countersOf(stacks: Stacks, types: SampleTypes): Int32Array {
  let kept = 0;
  for (let stack = 0; stack < stacks.count; stack++) if (counts(stacks, stack, types)) kept++;
  const counters = new Int32Array(kept * stride(types));
  let at = 0;
  for (let stack = 0; stack < stacks.count; stack++)
    if (counts(stacks, stack, types)) at = keepStack(counters, at, stacks, stack, types);
  return counters;
}

/** The same sample by sample, as a {@link KnownShape} has them. */
export function countersBySample(stacks: Stacks, types: SampleTypes, samples: number): Int32Array {
  const counters = new Int32Array(samples * stride(types));
  let at = 0;
  for (let sample = 0; sample < samples; sample++) {
    const stack = stacks.stack(sample);
    const next = keepStack(counters, at, stacks, stack, types);
    if (stacks.sample(stack) !== sample) counters.fill(0, at + 2, next);
    at = next;
  }
  return counters;
}

/** Which samples are of a stack that was listed before. */
export function repeatsOf(stacks: Stacks, samples: number): Int32Array {
  const repeats = new Int32Array((samples - stacks.count) * 2);
  let to = 0;
  for (let sample = 0; to < repeats.length; sample++) {
    const first = stacks.sample(stacks.stack(sample));
    if (first === sample) continue;
    repeats[to++] = sample;
    repeats[to++] = first;
  }
  return repeats;
}

/** Puts the key and the counters of a stack at a place; gives the next one. */
function keepStack(
  counters: Int32Array,
  place: number,
  { keys, values }: Stacks,
  stack: number,
  { columns, cumulative }: SampleTypes,
): number {
  let to = place;
  counters[to++] = keys.lo(stack);
  counters[to++] = keys.hi(stack);
  for (const column of cumulative) {
    const from = (stack * columns + column) * 2;
    counters[to++] = int(values, from);
    counters[to++] = int(values, from + 1);
  }
  return to;
}

/**
 * Makes the counters of the stacks their difference to the base. True where one shrank or vanished, or the types are
 * others: the process behind the address is another one now, and the values mean nothing. Counters of a living Go
 * process never shrink.
 */
export function subtractBase(base: DeltaBase, stacks: Stacks, types: SampleTypes): boolean {
  if (types.text !== base.types.text) return true;
  const { counters } = base;
  let found = -1;
  for (let at = 0; at < counters.length; at += stride(types)) {
    const stack = stacks.keys.findAfter(found, int(counters, at), int(counters, at + 1));
    if (stack < 0 ? anyAbove(counters, at + 2, types) : subtractStack(counters, at + 2, stacks, stack, types))
      return true;
    if (stack >= 0) found = stack;
  }
  return false;
}

/** True where one of the counters shrank. */
function subtractStack(
  counters: Int32Array,
  from: number,
  { values }: Stacks,
  stack: number,
  { columns, cumulative }: SampleTypes,
): boolean {
  let at = from;
  for (const column of cumulative) {
    if (subtractAt(values, (stack * columns + column) * 2, int(counters, at), int(counters, at + 1)))
      return true;
    at += 2;
  }
  return false;
}

/** Whether a counter of the base is more than 0. */
function anyAbove(counters: Int32Array, from: number, { cumulative }: SampleTypes): boolean {
  for (let at = from; at < from + cumulative.length * 2; at += 2) {
    const hi = int(counters, at + 1);
    if (hi > 0 || (hi === 0 && int(counters, at) !== 0)) return true;
  }
  return false;
}

/** Whether a stack has a counter that is not 0. */
function counts({ values }: Stacks, stack: number, { columns, cumulative }: SampleTypes): boolean {
  for (const column of cumulative) {
    const at = (stack * columns + column) * 2;
    if (values[at] !== 0 || values[at + 1] !== 0) return true;
  }
  return false;
}

/** How many integers of `counters` belong to one stack. */
export function stride({ cumulative }: SampleTypes): number {
  return 2 + cumulative.length * 2;
}

function int(array: Int32Array, at: number): number {
  return array[at] ?? 0;
}
