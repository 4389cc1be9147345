import { type DeltaBase, type KnownShape, stride } from './delta-base.ts';
import type { SameShape } from './same-shape.ts';
import { profileField, sampleField } from './schema.ts';
import type { WireWriter } from './wire-writer.ts';

/** What the values of a profile are, beside those of the one before it. */
export type ValueChange = 'reset' | 'all-moved' | 'some-moved';

/** Whether what was read is the known shape again. */
export function isKnown(read: SameShape, known: KnownShape | undefined): known is KnownShape {
  return (
    known !== undefined &&
    read.digest.lo === known.lo &&
    read.digest.hi === known.hi &&
    read.samples === known.samples
  );
}

/**
 * Makes the counters that were read their difference to the base, and the base's counters the new ones. Where one
 * shrank, the process is another one: the base has the new counters then too, and what was read means nothing.
 */
export function takeDifference(read: SameShape, { counters, types }: DeltaBase): ValueChange {
  const { values, samples } = read;
  const width = types.columns * 2;
  const step = stride(types);
  let change: ValueChange = 'all-moved';
  for (let sample = 0; sample < samples; sample++) {
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
  const lo = values[at] ?? 0;
  const hi = values[at + 1] ?? 0;
  const oldLo = counters[base] ?? 0;
  const oldHi = counters[base + 1] ?? 0;
  const less = lo >>> 0 < oldLo >>> 0;
  counters[base] = lo;
  counters[base + 1] = hi;
  values[at] = lo - oldLo;
  values[at + 1] = hi - oldHi - (less ? 1 : 0);
  return hi < oldHi || (hi === oldHi && less);
}

function isZero(values: Int32Array, from: number, width: number): boolean {
  for (let at = from; at < from + width; at++) if (values[at] !== 0) return false;
  return true;
}

/** Writes the profile that was read with its values as they are now: everything else as it came, but for the duration. */
export function writeSame(out: WireWriter, read: SameShape, columns: number, duration: bigint): void {
  const { bytes, samples, durationFrom, durationEnd } = read;
  let done = 0;
  const copyTo = (end: number) => {
    if (done <= durationFrom && durationEnd > 0 && durationEnd <= end) {
      out.copy(bytes, done, durationFrom);
      done = durationEnd;
    }
    out.copy(bytes, done, end);
  };
  for (let sample = 0; sample < samples; sample++) {
    copyTo(read.from(sample));
    writeSample(out, read, sample, columns);
    done = read.end(sample);
  }
  copyTo(bytes.length);
  out.number(profileField.durationNanos, Number(duration & 0xffffffffn), Number(duration >> 32n));
}

function writeSample(out: WireWriter, read: SameShape, sample: number, columns: number): void {
  const { bytes, values } = read;
  const start = out.begin(profileField.sample);
  out.copy(bytes, read.idsFrom(sample), read.idsEnd(sample));
  const packed = out.begin(sampleField.value);
  const end = (sample + 1) * columns * 2;
  for (let at = sample * columns * 2; at < end; at += 2) out.varint(values[at] ?? 0, values[at + 1] ?? 0);
  out.endPacked(packed);
  out.copy(bytes, read.labelsFrom(sample), read.end(sample));
  out.end(start);
}
