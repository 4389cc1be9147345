import { gzipSync } from 'node:zlib';
import { Profile } from '@pewter/pprof';

/** A gzipped CPU profile in which each function used the given milliseconds. */
export function cpuProfile(milliseconds: Readonly<Record<string, number>>): Uint8Array {
  return gzipSync(plainProfile(['cpu', 'nanoseconds'], milliseconds, 1_000_000).encode());
}

/** A profile of one sample type, in which each function has a value of its own. */
export function plainProfile(
  [type, unit]: readonly [string, string],
  values: Readonly<Record<string, number>>,
  factor = 1,
): Profile {
  const profile = new Profile();
  const string = (text: string) => profile.stringTable.dedup(text);
  const functions = Object.keys(values).map((name, index) => ({ id: index + 1, name: string(name) }));
  return new Profile({
    stringTable: profile.stringTable,
    sampleType: [{ type: string(type), unit: string(unit) }],
    function: functions,
    location: functions.map(({ id }) => ({ id, line: [{ functionId: id, line: 1 }] })),
    sample: Object.values(values).map((value, index) => ({
      locationId: [index + 1],
      value: [value * factor],
    })),
  });
}
