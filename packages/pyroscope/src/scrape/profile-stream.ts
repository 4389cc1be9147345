import { checkProfile, createDeltaComputer, type DeltaComputer, type ProfileError } from '@pewter/pprof';
import { type Label, sortedLabels } from '../labels.ts';
import type { Profile } from '../profiles-receiver.ts';
import { isCumulative } from './profile-types.ts';
import type { ScrapeTarget } from './scrape-target.ts';

/** What a scraped body gives to send. */
type StreamResult =
  | { readonly profile: Profile | undefined; readonly reset: boolean }
  | { readonly error: ProfileError };

/**
 * The profiles of one target, one after the other. It outlives the loops that feed it, so that a changed interval
 * does not lose the base of differences.
 */
export interface ProfileStream {
  /** Checks a body and turns it into what is sent; bodies are taken strictly one after the other. */
  take(target: ScrapeTarget, bytes: Uint8Array): Promise<StreamResult>;
}

/** The stream for a target: differences for cumulative kinds, every other profile byte for byte as it came. */
export function createProfileStream(target: ScrapeTarget): ProfileStream {
  return isCumulative(target.type) ? deltaStream(createDeltaComputer()) : plainStream;
}

const plainStream: ProfileStream = {
  async take(target, bytes) {
    const error = await checkProfile(bytes);
    return error ? { error } : { profile: { labels: target.pushLabels, bytes, id: '' }, reset: false };
  },
};

function deltaStream(computer: DeltaComputer): ProfileStream {
  let last: Promise<unknown> = Promise.resolve();
  async function next(target: ScrapeTarget, bytes: Uint8Array): Promise<StreamResult> {
    const result = await computer.next(bytes);
    if (result.kind === 'refused') return { error: result.error };
    if (result.kind !== 'delta') return { profile: undefined, reset: result.kind === 'reset' };
    return { profile: { labels: deltaLabels(target.pushLabels), bytes: result.bytes, id: '' }, reset: false };
  }
  return {
    take(target, bytes) {
      const taken = last.then(() => next(target, bytes));
      last = taken.catch(() => undefined);
      return taken;
    },
  };
}

/** Tells the server that these are differences already, which it need not compute. */
function deltaLabels(labels: readonly Label[]): readonly Label[] {
  return sortedLabels([['__delta__', 'false'], ...labels.map(({ name, value }) => [name, value] as const)]);
}
