import { type DeltaBase, type KnownShape, stride } from './delta-base.ts';
import { subtractAt } from './halves.ts';
import type { ProfileIndex } from './profile-index.ts';
import { writeSample } from './sample-writer.ts';
import { profileField } from './schema.ts';
import { addSample } from './stacks.ts';
import type { WireWriter } from './wire-writer.ts';

/** What the values of a profile are, beside those of the one before it. */
export type ValueChange = 'reset' | 'all-moved' | 'some-moved';

/** Whether what was read is the known shape again. */
export function isKnown({ digest, samples, durations }: ProfileIndex, known: KnownShape): boolean {
  return (
    digest.lo === known.lo &&
    digest.hi === known.hi &&
    samples.count === known.samples &&
    samples.simple &&
    durations.count <= 1
  );
}

/** Makes the values of a stack that is listed again part of those of its first sample, as the base has them. */
export function joinRepeats({ samples }: ProfileIndex, { repeats }: KnownShape): void {
  const { values, columns } = samples;
  for (let at = 0; at < repeats.length; at += 2) {
    const sample = repeats[at] ?? 0;
    addSample(values, repeats[at + 1] ?? 0, sample, columns);
    values.fill(0, sample * columns * 2, (sample + 1) * columns * 2);
  }
}

/**
 * Makes the counters that were read their difference to the base, and the base's counters the new ones. Where one
 * shrank, the process is another one: the base has the new counters then too, and what was read means nothing.
 */
export function takeDifference(read: ProfileIndex, { counters, types }: DeltaBase): ValueChange {
  const { values, count } = read.samples;
  const width = types.columns * 2;
  const step = stride(types);
  let change: ValueChange = 'all-moved';
  for (let sample = 0; sample < count; sample++) {
    let base = sample * step + 2;
    for (const column of types.cumulative) {
      if (exchange(values, sample * width + column * 2, counters, base)) change = 'reset';
      base += 2;
    }
    if (change === 'all-moved' && isZero(values, sample * width, width)) change = 'some-moved';
  }
  return change;
}

/** The value becomes its difference to the counter, the counter the value; true where the value is the smaller one. */
function exchange(values: Int32Array, at: number, counters: Int32Array, base: number): boolean {
  const lo = counters[base] ?? 0;
  const hi = counters[base + 1] ?? 0;
  counters[base] = values[at] ?? 0;
  counters[base + 1] = values[at + 1] ?? 0;
  return subtractAt(values, at, lo, hi);
}

function isZero(values: Int32Array, from: number, width: number): boolean {
  for (let at = from; at < from + width; at++) if (values[at] !== 0) return false;
  return true;
}

/** Writes the profile that was read with its values as they are now: everything else as it came, but for the duration. */
export function writeSame(out: WireWriter, read: ProfileIndex, duration: bigint): void {
  const { bytes, samples, durations } = read;
  const [durationFrom, durationEnd] = [durations.from(0), durations.count > 0 ? durations.end(0) : 0];
  let done = 0;
  const copyTo = (end: number) => {
    if (done <= durationFrom && durationEnd > 0 && durationEnd <= end) {
      out.copy(bytes, done, durationFrom);
      done = durationEnd;
    }
    out.copy(bytes, done, end);
  };
  for (let sample = 0; sample < samples.count; sample++) {
    copyTo(samples.from(sample));
    writeSample(out, read, sample);
    done = samples.end(sample);
  }
  copyTo(bytes.length);
  out.number(profileField.durationNanos, Number(duration & 0xffffffffn), Number(duration >> 32n));
}
