import { checkProfile, createDeltaComputer, type DeltaComputer, type ProfileError } from '@pewter/pprof';
import { addLabels, type Label } from '../labels.ts';
import type { Profile } from '../profiles-receiver.ts';
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
  const { cumulative } = target;
  return cumulative === undefined ? plainStream : deltaStream(createDeltaComputer(cumulative));
}

const plainStream: ProfileStream = {
  async take(target, bytes) {
    const error = await checkProfile(bytes);
    return error ? { error } : { profile: { labels: target.pushLabels, bytes, id: '' }, reset: false };
  },
};

function deltaStream(computer: DeltaComputer): ProfileStream {
  let last: Promise<void> = Promise.resolve();
  let labels: SentLabels | undefined;
  async function next(target: ScrapeTarget, bytes: Uint8Array): Promise<StreamResult> {
    const result = await computer.next(bytes);
    if (result.kind === 'refused') return { error: result.error };
    if (result.kind !== 'delta') return { profile: undefined, reset: result.kind === 'reset' };
    if (labels?.of !== target.pushLabels) labels = deltaLabels(target.pushLabels);
    return { profile: { labels: labels.sent, bytes: result.bytes, id: '' }, reset: false };
  }
  return {
    take(target, bytes) {
      const taken = last.then(() => next(target, bytes));
      // Nothing but that it is over: the result would stay in memory until the next scrape.
      last = taken.then(ignore, ignore);
      return taken;
    },
  };
}

function ignore(): void {}

/** Labels of a target, and what is sent of them. */
interface SentLabels {
  readonly of: readonly Label[];
  readonly sent: readonly Label[];
}

/** Tells the server that these are differences already, which it need not compute. */
const deltaLabel: Label = { name: '__delta__', value: 'false' };

function deltaLabels(of: readonly Label[]): SentLabels {
  return { of, sent: addLabels([deltaLabel], of) };
}
