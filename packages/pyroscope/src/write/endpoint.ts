import type { Clock, ComponentContext } from '@pewter/runtime';
import type { AppendResult, Profile, ProfilesReceiver } from '../profiles-receiver.ts';
import { delivered } from '../profiles-receiver.ts';
import { type BackoffOptions, type Random, waitAfter } from './backoff.ts';
import type { WriteMetrics } from './metrics.ts';
import type { PushClient, PushResult } from './push-client.ts';
import type { ProfileQueue, QueuedProfile } from './queue.ts';

/** Pushes that one endpoint has under way at a time. */
const senders = 8;

export interface EndpointOptions extends BackoffOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  /** How messages and metrics name it. */
  readonly url: string;
  readonly client: PushClient;
  readonly queue: ProfileQueue;
  readonly metrics: WriteMetrics;
  readonly retryOn429: boolean;
  readonly random: Random;
}

/** One endpoint: a queue and the senders that empty it. A dead one harms nothing but its own queue. */
export class Endpoint implements ProfilesReceiver {
  readonly #options: EndpointOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#done = Promise.all(Array.from({ length: senders }, () => this.#send()));
  }

  append(profile: Profile): Promise<AppendResult> {
    const { queue } = this.#options;
    return new Promise((settle) => {
      const dropped = queue.put({ profile, settle });
      if (dropped.length > 0) this.#drop(dropped, 'the queue is full');
      this.#noteSize();
    });
  }

  /** Takes no more profiles, has `graceMs` to send those that wait, and drops the rest. */
  async stop(graceMs: number): Promise<void> {
    const { queue, context } = this.#options;
    queue.close();
    const cancel = context.clock.setTimeout(() => {
      this.#drop(queue.drain(), 'the component stopped');
      this.#abort.abort();
    }, graceMs);
    await this.#done;
    cancel();
  }

  async #send(): Promise<void> {
    const { queue } = this.#options;
    for (let entry = await queue.take(); entry; entry = await queue.take()) {
      this.#noteSize();
      entry.settle(await this.#deliver(entry));
    }
  }

  /** Pushes until it succeeds, cannot succeed, or was tried often enough. */
  async #deliver(entry: QueuedProfile): Promise<AppendResult> {
    const { context, metrics, url } = this.#options;
    const began = context.clock.monotonic();
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(entry.profile);
      const wait = this.#waitAfter(result, attempt);
      if (result.ok || wait === undefined) {
        metrics.latency.observe({ endpoint: url, type: 'push_endpoint' }, seconds(context.clock, began));
        return result.ok ? this.#sent(entry) : this.#gaveUp(entry, result, attempt);
      }
      context.logger.debug(
        { endpoint: url, err: result.reason, retries: attempt - 1 },
        'failed to push to endpoint',
      );
      metrics.retries.inc({ endpoint: url });
      await sleep(context.clock, wait, this.#abort.signal);
    }
  }

  async #attempt(profile: Profile): Promise<PushResult> {
    const { client, context, metrics, url } = this.#options;
    const began = context.clock.monotonic();
    const result = await client.push(profile, this.#abort.signal);
    metrics.latency.observe({ endpoint: url, type: 'push_downstream' }, seconds(context.clock, began));
    return result;
  }

  #waitAfter(result: PushResult, attempt: number): number | undefined {
    if (result.ok || this.#abort.signal.aborted || !this.#worthTrying(result.status)) return undefined;
    return waitAfter(attempt, this.#options, this.#options.random);
  }

  /** The server may take later what it did not take now. What it refused as wrong stays wrong. */
  #worthTrying(status: number | undefined): boolean {
    if (status === undefined || status >= 500 || status === 408) return true;
    return status === 429 ? this.#options.retryOn429 : status === 200;
  }

  #sent({ profile }: QueuedProfile): AppendResult {
    const { metrics, url } = this.#options;
    metrics.sentProfiles.inc({ endpoint: url });
    metrics.sentBytes.inc({ endpoint: url }, profile.bytes.length);
    return delivered;
  }

  #gaveUp({ profile }: QueuedProfile, result: PushResult & { ok: false }, attempts: number): AppendResult {
    const reason = `failed to push to endpoint ${this.#options.url} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${result.reason}`;
    this.#countDropped([profile]);
    this.#options.context.logger.warn(
      { endpoint: this.#options.url, status: result.status, err: reason },
      'profile dropped',
    );
    return { delivered: false, reason, ...(result.status !== undefined && { status: result.status }) };
  }

  #drop(entries: readonly QueuedProfile[], why: string): void {
    if (entries.length === 0) return;
    this.#countDropped(entries.map(({ profile }) => profile));
    this.#options.context.logger.warn(
      { endpoint: this.#options.url, profiles: entries.length, err: why },
      'profiles dropped',
    );
    for (const { settle } of entries) settle({ delivered: false, reason: `dropped: ${why}` });
  }

  #countDropped(profiles: readonly Profile[]): void {
    const { metrics, url: endpoint } = this.#options;
    metrics.droppedProfiles.inc({ endpoint }, profiles.length);
    metrics.droppedBytes.inc(
      { endpoint },
      profiles.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
  }

  #noteSize(): void {
    this.#options.metrics.queued.set({ endpoint: this.#options.url }, this.#options.queue.size);
  }
}

function seconds(clock: Clock, began: number): number {
  return (clock.monotonic() - began) / 1000;
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
