import type { ProfileIndex } from './profile-index.ts';
import { profileField, sampleField } from './schema.ts';
import type { WireWriter } from './wire-writer.ts';

/** A sample with the values at a place among all values, the rest as it came. */
export function writeSample(
  out: WireWriter,
  { bytes, samples }: ProfileIndex,
  sample: number,
  place = sample,
): void {
  const { values, columns } = samples;
  const start = out.begin(profileField.sample);
  out.copy(bytes, samples.start(sample), samples.valuesFrom(sample));
  out.packed(sampleField.value, values, place * columns * 2, (place + 1) * columns * 2);
  out.copy(bytes, samples.valuesEnd(sample), samples.end(sample));
  out.end(start);
}
