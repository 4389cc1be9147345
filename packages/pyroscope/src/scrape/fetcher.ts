import type { HttpResponse } from '@pewter/http-client';
import { firstBytes } from '@pewter/pprof';
import type { RequestClient } from '../request-client.ts';
import type { SharedBodies } from './bodies.ts';
import { mayBeProfile } from './content-type.ts';
import {
  contentTypeFailure,
  type RequestFacts,
  requestFailure,
  type ScrapeFailure,
  statusFailure,
} from './failure.ts';

/** One GET and its bounds. */
export interface FetchRequest extends RequestFacts {
  readonly signal: AbortSignal;
  /** The body that is the result has been taken from their budget; who is done with it gives it back. */
  readonly bodies: SharedBodies;
}

/** The body of a profile, or why there is none. */
export type FetchResult =
  | { readonly bytes: Uint8Array; readonly statusCode: number }
  | { readonly failure: ScrapeFailure };

/** Makes one GET within a time. Never rejects: what the other side does wrong is a result. */
export async function fetchProfile(http: RequestClient, request: FetchRequest): Promise<FetchResult> {
  const { url, timeoutMs, signal, bodies } = request;
  const { maxBytes: maxBodyBytes, budget } = bodies;
  try {
    const timeouts = { total: timeoutMs };
    const response = await http.request({ url: dialable(url), signal, timeouts, maxBodyBytes, budget });
    const result = judge(response, url);
    if ('failure' in result) budget.give(response.body.length);
    return result;
  } catch (error) {
    return { failure: requestFailure(request, error) };
  }
}

/** Go dials the local machine where an address has no host (`:6060`). */
function dialable(url: string): string {
  return url.replace('://:', '://localhost:');
}

function judge({ status, headers, body, credentials = false }: HttpResponse, url: string): FetchResult {
  if (status < 200 || status > 299) {
    return {
      failure: statusFailure(status, url, { body: body.length === 0 ? '' : firstBytes(body), credentials }),
    };
  }
  const type = [headers['content-type']].flat()[0];
  if (mayBeProfile(type)) return { bytes: body, statusCode: status };
  return { failure: contentTypeFailure(type ?? '', url, body, status) };
}
