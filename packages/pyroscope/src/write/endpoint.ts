import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { type DeliveryOptions, type DeliveryResult, deliver } from './delivery.ts';
import { DropLog } from './drop-log.ts';
import type { ProfileQueue, QueuedProfile } from './queue.ts';

/** Pushes that one endpoint has under way at a time. */
const senders = 8;

export interface EndpointOptions extends DeliveryOptions {
  readonly queue: ProfileQueue;
}

/** One endpoint: a queue and the senders that empty it. A dead one harms nothing but its own queue. */
export class Endpoint implements ProfilesReceiver {
  readonly #options: EndpointOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<unknown>;
  readonly #log: DropLog;
  #notedSize = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#log = new DropLog(options.context, options.url);
    // Settled, so that a sender that breaks is no rejection that nobody handles.
    this.#done = Promise.allSettled(Array.from({ length: senders }, () => this.#send()));
  }

  append(profile: Profile): Promise<AppendResult> {
    return new Promise((settle) => {
      const dropped = this.#options.queue.put({ profile, settle });
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
    this.#noteSize();
  }

  async #send(): Promise<void> {
    const { queue } = this.#options;
    for (let entry = await queue.take(); entry; entry = await queue.take()) {
      this.#noteSize();
      entry.settle(await this.#deliverSafely(entry.profile));
    }
  }

  /** A fault in here is a bug; it costs one profile, not the sender. */
  async #deliverSafely(profile: Profile): Promise<AppendResult> {
    try {
      return await this.#deliver(profile);
    } catch (error) {
      const { context, url } = this.#options;
      context.logger.error({ endpoint: url, err: error }, 'push broke');
      return { delivered: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #deliver(profile: Profile): Promise<AppendResult> {
    const { context, metrics, url: endpoint } = this.#options;
    const began = context.clock.monotonic();
    const result = await deliver(profile, this.#options, this.#abort.signal);
    const elapsed = (context.clock.monotonic() - began) / 1000;
    metrics.latency.observe({ endpoint, type: 'push_endpoint' }, elapsed);
    if (result.failure) return this.#gaveUp(profile, result, result.failure);
    metrics.sentProfiles.inc({ endpoint });
    metrics.sentBytes.inc({ endpoint }, profile.bytes.length);
    return delivered;
  }

  #gaveUp(
    profile: Profile,
    { attempts }: DeliveryResult,
    { status, reason: why, hint }: NonNullable<DeliveryResult['failure']>,
  ): AppendResult {
    const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
    const reason = `failed to push to endpoint ${this.#options.url} after ${times}: ${why}`;
    this.#countDropped([profile]);
    this.#log.dropped(status ?? 'no answer', 1, { err: reason, status, hint });
    return { delivered: false, reason, ...(status !== undefined && { status }) };
  }

  #drop(entries: readonly QueuedProfile[], why: string): void {
    if (entries.length === 0) return;
    this.#countDropped(entries.map(({ profile }) => profile));
    this.#log.dropped(why, entries.length, { err: why });
    for (const { settle } of entries) settle({ delivered: false, reason: `dropped: ${why}` });
  }

  #countDropped(profiles: readonly Profile[]): void {
    const { metrics, url: endpoint } = this.#options;
    const bytes = profiles.reduce((sum, profile) => sum + profile.bytes.length, 0);
    metrics.droppedProfiles.inc({ endpoint }, profiles.length);
    metrics.droppedBytes.inc({ endpoint }, bytes);
  }

  /** Counted as a change, because an endpoint that ends and its successor may have one URL. */
  #noteSize(): void {
    const { metrics, queue, url: endpoint } = this.#options;
    metrics.queued.inc({ endpoint }, queue.size - this.#notedSize);
    this.#notedSize = queue.size;
  }
}
