import type { ComponentContext } from '@pewter/runtime';
import type { Profile } from '../profiles-receiver.ts';
import { type BackoffOptions, type Random, waitAfter } from './backoff.ts';
import type { EndpointStatus } from './endpoint-status.ts';
import type { WriteMetrics } from './metrics.ts';
import type { OutageLog } from './outage-log.ts';
import type { Pulse } from './pulse.ts';
import type { PushClient, PushResult } from './push-client.ts';
import type { PushFailure } from './push-failure.ts';
import { retryAfter } from './retry-after.ts';
import type { TakenProfile } from './send-queue.ts';
import { isWorthRetrying } from './worth-retrying.ts';

export interface DeliveryOptions extends BackoffOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  /** How messages and metrics name the endpoint; without credentials. */
  readonly url: string;
  readonly client: PushClient;
  readonly metrics: WriteMetrics;
  readonly pulse: Pulse;
  readonly outage: OutageLog;
  readonly status: EndpointStatus;
  readonly retryOn429: boolean;
  /**
   * Attempts count only where the endpoint took another profile meanwhile: one that is down uses up no attempts, and
   * a profile that it will not take still comes to an end.
   */
  readonly patient: boolean;
  readonly random: Random;
}

/** What all attempts at one profile came to. */
export interface DeliveryResult {
  readonly attempts: number;
  /** The last failure; undefined where the profile was delivered. */
  readonly failure: PushFailure | undefined;
}

/** Pushes a profile until that succeeds, cannot succeed, was tried often enough, the profile is too old, or `signal` aborts. */
export async function deliver(
  taken: Pick<TakenProfile, 'profile' | 'isExpired'>,
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const { pulse, outage, status } = options;
  let counted = 0;
  let successes = pulse.successes;
  for (let attempts = 1; ; attempts++) {
    const result = await attemptOnce(taken.profile, options, signal);
    if (result.ok) {
      pulse.succeeded();
      outage.succeeded();
      status.succeeded();
      return { attempts, failure: undefined };
    }
    pulse.failed();
    // One that is cut off here says nothing of the other side.
    if (!signal.aborted) status.failed(result);
    if (!options.patient || pulse.successes > successes) counted++;
    successes = pulse.successes;
    const stops = signal.aborted || taken.isExpired() || isLast(counted, options);
    const wait = stops ? undefined : waitFor(result, attempts, options);
    if (wait === undefined) return { attempts, failure: result };
    outage.failed(result);
    options.metrics.retries.inc({ endpoint: options.url });
    await pulse.wait(wait, options.minMs, options.random, signal);
    if (signal.aborted) return { attempts, failure: result };
  }
}

async function attemptOnce(
  profile: Profile,
  { client, context, metrics, url }: DeliveryOptions,
  signal: AbortSignal,
): Promise<PushResult> {
  const began = context.clock.monotonic();
  const result = await client.push(profile, signal);
  const elapsed = (context.clock.monotonic() - began) / 1000;
  metrics.latency.observe({ endpoint: url, type: 'push_downstream' }, elapsed);
  return result;
}

function isLast(attempts: number, { maxAttempts }: BackoffOptions): boolean {
  return maxAttempts !== 0 && attempts >= maxAttempts;
}

/** Undefined: not again. What a server asks for with `Retry-After` is the least, `max_backoff_period` the most. */
function waitFor(failure: PushFailure, attempts: number, options: DeliveryOptions): number | undefined {
  if (!isWorthRetrying(failure, options.retryOn429)) return undefined;
  const drawn = waitAfter(attempts, options, options.random);
  const asked = retryAfter(failure.retryAfter, options.context.clock.now());
  return asked === undefined ? drawn : Math.min(options.maxMs, asked + drawn);
}
