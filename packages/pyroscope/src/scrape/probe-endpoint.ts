import { readProfile, summarise } from '@pewter/pprof';
import type { RequestClient } from '../request-client.ts';
import { type BodyLimits, SharedBodies } from './bodies.ts';
import { notProfileFailure, type RequestFacts, type ScrapeFailure } from './failure.ts';
import { fetchProfile } from './fetcher.ts';

/** What one endpoint gave. */
export type ProbedEndpoint =
  | {
      readonly statusCode: number;
      readonly bytes: number;
      readonly samples: number;
      /** `TYPE/UNIT` of each column. */
      readonly types: readonly string[];
    }
  | { readonly failure: ScrapeFailure };

/** Asks one endpoint once, as a scrape does, and looks at what it gave. Never rejects. */
export async function probeEndpoint(
  http: RequestClient,
  request: RequestFacts & { readonly signal: AbortSignal },
  limits: BodyLimits,
): Promise<ProbedEndpoint> {
  const fetched = await fetchProfile(http, { ...request, bodies: new SharedBodies(limits) });
  if ('failure' in fetched) return fetched;
  const read = await readProfile(fetched.bytes);
  if ('error' in read) return { failure: notProfileFailure(request.url, read.error, fetched) };
  const { samples, sampleTypes } = summarise(read.profile);
  return { statusCode: fetched.statusCode, bytes: fetched.bytes.length, samples, types: sampleTypes };
}
