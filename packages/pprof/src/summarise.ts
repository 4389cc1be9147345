import type { Profile } from 'pprof-format';
import { ProfileView, signed } from './profile-view.ts';

/** The facts of a profile at a glance. */
export interface ProfileSummary {
  /** `TYPE/UNIT` of each column of values. */
  readonly sampleTypes: readonly string[];
  /** The sum of each column. */
  readonly sums: readonly bigint[];
  readonly samples: number;
  readonly locations: number;
  readonly functions: number;
  readonly mappings: number;
  /** What one period counts, `TYPE/UNIT`; undefined where the profile does not say. */
  readonly periodType: string | undefined;
  readonly period: bigint;
  /** When the profile was taken, nanoseconds since the Unix epoch; 0 where it does not say. */
  readonly timeNanos: bigint;
  /** How long it took, in nanoseconds; 0 for a profile of a moment. */
  readonly durationNanos: bigint;
}

/** Counts and adds up a profile. */
export function summarise(profile: Profile): ProfileSummary {
  const view = new ProfileView(profile);
  return {
    sampleTypes: profile.sampleType.map((type) => view.typeName(type)),
    sums: profile.sampleType.map((_, column) => sumColumn(profile, column)),
    samples: profile.sample.length,
    locations: profile.location.length,
    functions: profile.function.length,
    mappings: profile.mapping.length,
    periodType: profile.periodType && view.typeName(profile.periodType),
    period: signed(profile.period),
    timeNanos: signed(profile.timeNanos),
    durationNanos: signed(profile.durationNanos),
  };
}

function sumColumn(profile: Profile, column: number): bigint {
  return profile.sample.reduce((sum, sample) => sum + signed(sample.value[column] ?? 0), 0n);
}
