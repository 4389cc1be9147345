import type { DeltaBase } from './delta-base.ts';
import { deltaStep } from './delta-engine.ts';
import { pack, unpack } from './gzip.ts';
import type { ProfileError } from './profile-error.ts';
import type { CumulativeKind } from './sample-types.ts';

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
 * A computer of differences for memory, mutex and block profiles, as godeltaprof defines them: `alloc_*` of memory,
 * `contentions` and `delay` of the others are differenced, other columns stay as they are; samples of zeros go, and so
 * does everything that no sample uses any more; `duration_nanos` is the time between the two profiles, where they tell
 * it. Between two profiles it keeps some 24 to 32 bytes for each stack, and nothing else.
 */
export function createDeltaComputer(kind: CumulativeKind): DeltaComputer {
  let base: DeltaBase | undefined;
  return {
    async next(bytes) {
      const unpacked = await unpack(bytes);
      if ('error' in unpacked) return { kind: 'refused', error: unpacked.error };
      const step = deltaStep(unpacked.plain, kind, base);
      if (step.kind === 'refused') return step;
      base = step.base;
      return step.kind === 'delta' ? { kind: 'delta', bytes: await pack(step.plain) } : { kind: step.kind };
    },
  };
}
