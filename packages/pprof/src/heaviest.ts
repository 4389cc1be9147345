import type { Profile } from 'pprof-format';
import { ProfileView, signed } from './profile-view.ts';

/** A function by what it used itself, without what it called. */
export interface HeavyFunction {
  readonly name: string;
  readonly value: bigint;
  /** Its part of the whole profile, 0 to 1; 0 where the whole is 0. */
  readonly share: number;
}

/**
 * The `n` functions with the largest flat value, the largest first and equals by name. `sampleType` is a type such as
 * `alloc_space` or `alloc_space/bytes`; without it the profile's default type counts, else the last one, as pprof does.
 */
export function heaviest(profile: Profile, n: number, sampleType?: string): readonly HeavyFunction[] {
  const view = new ProfileView(profile);
  const column = columnOf(view, sampleType);
  const flat = new Map<string, bigint>();
  let total = 0n;
  for (const sample of profile.sample) {
    const value = signed(sample.value[column] ?? 0);
    const name = view.leafName(sample);
    flat.set(name, (flat.get(name) ?? 0n) + value);
    total += value;
  }
  return [...flat]
    .filter(([, value]) => value !== 0n)
    .sort(([a, x], [b, y]) => (x === y ? compare(a, b) : compare(y, x)))
    .slice(0, n)
    .map(([name, value]) => ({ name, value, share: total === 0n ? 0 : Number(value) / Number(total) }));
}

function columnOf(view: ProfileView, wanted: string | undefined): number {
  const types = view.profile.sampleType;
  const name = wanted ?? view.string(view.profile.defaultSampleType);
  const found = types.findIndex((type) => view.string(type.type) === name || view.typeName(type) === name);
  if (found >= 0) return found;
  return wanted === undefined ? types.length - 1 : -1;
}

function compare<T>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
