import type { Profile } from 'pprof-format';
import {
  baseOf,
  type DeltaBase,
  type KeyedSample,
  type KeyedSamples,
  keySamples,
  numberLocations,
  wasReset,
} from './delta-base.ts';
import type { ProfileError } from './profile-error.ts';
import { type Numeric, ProfileView } from './profile-view.ts';
import { encodeProfile, readProfile } from './read-profile.ts';

/** What became of one cumulative profile. */
export type DeltaResult =
  /** The first one: nothing to compare with yet, so nothing to send. */
  | { readonly kind: 'first' }
  /** A counter went backwards: the process was restarted, this profile is the new base, nothing to send. */
  | { readonly kind: 'reset' }
  /** The difference to the one before, gzipped; it may hold no samples. */
  | { readonly kind: 'delta'; readonly bytes: Uint8Array }
  /** Not a profile; what is remembered is untouched. */
  | { readonly kind: 'refused'; readonly error: ProfileError };

/** Turns the cumulative profiles of one process into differences. Calls must not overlap. */
export interface DeltaComputer {
  /** Takes the next profile, gzipped or plain, and gives the difference to the last good one. Never rejects for bad bytes. */
  next(bytes: Uint8Array): Promise<DeltaResult>;
}

/**
 * A computer of differences for memory, mutex and block profiles, as godeltaprof defines them: `alloc_*`, `contentions`
 * and `delay` are differenced, other columns stay as they are; samples of zeros go, and so do the locations and
 * functions that nothing uses any more; `duration_nanos` is the time between the two profiles.
 */
export function createDeltaComputer(): DeltaComputer {
  let base: DeltaBase | undefined;
  return {
    async next(bytes) {
      const read = await readProfile(bytes);
      if ('error' in read) return { kind: 'refused', error: read.error };
      const view = new ProfileView(read.profile);
      const [locations, numbers] = numberLocations(view, base?.locations ?? new Map());
      const keyed = keySamples(view, numbers);
      const before = base;
      base = baseOf(keyed, locations);
      if (before === undefined) return { kind: 'first' };
      if (wasReset(before, keyed)) return { kind: 'reset' };
      subtract(read.profile, keyed, before);
      return { kind: 'delta', bytes: await encodeProfile(read.profile) };
    },
  };
}

/** Makes the freshly decoded profile, which nobody else holds, the difference to the base. */
function subtract(profile: Profile, keyed: KeyedSamples, base: DeltaBase): void {
  profile.sample = [];
  for (const [key, entry] of keyed.samples) {
    const values = difference(entry, keyed.cumulative, base.values.get(key));
    if (values.every((value) => value === 0n)) continue;
    entry.sample.value = values;
    profile.sample.push(entry.sample);
  }
  const elapsed = keyed.timeNanos - base.timeNanos;
  profile.durationNanos = elapsed > 0n ? elapsed : 0n;
  dropUnused(profile);
}

function difference(
  entry: KeyedSample,
  cumulative: readonly boolean[],
  before: readonly bigint[] | undefined,
): bigint[] {
  return entry.values.map((value, column) => (cumulative[column] ? value - (before?.[column] ?? 0n) : value));
}

function dropUnused(profile: Profile): void {
  const locations = new Set<Numeric>(profile.sample.flatMap((sample) => sample.locationId));
  profile.location = profile.location.filter((location) => locations.has(location.id));
  const functions = new Set<Numeric>(
    profile.location.flatMap((location) => location.line.map((line) => line.functionId)),
  );
  profile.function = profile.function.filter((fn) => functions.has(fn.id));
}
