import type { Clock, ComponentContext } from '@pewter/runtime';
import type { Profile } from '../profiles-receiver.ts';
import { type BackoffOptions, type Random, waitAfter } from './backoff.ts';
import type { WriteMetrics } from './metrics.ts';
import type { PushClient, PushResult } from './push-client.ts';
import type { PushFailure } from './push-failure.ts';

export interface DeliveryOptions extends BackoffOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  /** How messages and metrics name the endpoint; without credentials. */
  readonly url: string;
  readonly client: PushClient;
  readonly metrics: WriteMetrics;
  readonly retryOn429: boolean;
  readonly random: Random;
}

/** What all attempts at one profile came to. */
export interface DeliveryResult {
  readonly attempts: number;
  /** The last failure; undefined where the profile was delivered. */
  readonly failure: PushFailure | undefined;
}

/** Pushes a profile until that succeeds, cannot succeed, was tried often enough, or `signal` aborts. */
export async function deliver(
  profile: Profile,
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const { clock, logger } = options.context;
  for (let attempt = 1; ; attempt++) {
    const result = await attemptOnce(profile, options, signal);
    if (result.ok) return { attempts: attempt, failure: undefined };
    const wait = signal.aborted ? undefined : waitFor(result, attempt, options);
    if (wait === undefined) return { attempts: attempt, failure: result };
    logger.debug(
      { endpoint: options.url, err: result.reason, retries: attempt - 1 },
      'failed to push to endpoint',
    );
    options.metrics.retries.inc({ endpoint: options.url });
    await sleep(clock, wait, signal);
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

function waitFor({ status }: PushFailure, attempt: number, options: DeliveryOptions): number | undefined {
  return isWorthRetrying(status, options.retryOn429)
    ? waitAfter(attempt, options, options.random)
    : undefined;
}

/**
 * The server may take later what it did not take now. What it refused as wrong (4xx) or does not offer (501) stays so;
 * a request that was late or one too many is not wrong.
 */
function isWorthRetrying(status: number | undefined, retryOn429: boolean): boolean {
  if (status === 429) return retryOn429;
  if (status === undefined || status === 408) return true;
  return status !== 501 && (status < 400 || status >= 500);
}

/** Resolves after a time, or at once when the signal aborts. */
function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.setTimeout(done, milliseconds);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
