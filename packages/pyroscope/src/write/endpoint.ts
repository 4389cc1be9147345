import { seriesInLog } from '../log-text.ts';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { type DeliveryOptions, type DeliveryResult, deliver } from './delivery.ts';
import type { DropLog } from './drop-log.ts';
import type { QueueRest, SendQueue, TakenProfile } from './send-queue.ts';

export interface EndpointOptions extends DeliveryOptions {
  readonly queue: SendQueue;
  /** Pushes that may be under way at a time. */
  readonly senders: number;
  readonly log: DropLog;
}

/** One endpoint: a queue and the senders that empty it. A dead one harms nothing but its own queue. */
export class Endpoint implements ProfilesReceiver {
  readonly #options: EndpointOptions;
  /** No sender takes another profile. */
  readonly #enough = new AbortController();
  /** What is under way ends. */
  readonly #abort = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(options: EndpointOptions) {
    this.#options = options;
    // Settled, so that a sender that breaks is no rejection that nobody handles.
    this.#done = Promise.allSettled(Array.from({ length: options.senders }, () => this.#send()));
  }

  append(profile: Profile): Promise<AppendResult> {
    return new Promise((settle) => this.#options.queue.put(profile, settle));
  }

  /** Takes no more profiles, has `graceMs` to send those that wait, and ends the queue: what it does not keep is lost. */
  async stop(graceMs: number): Promise<QueueRest> {
    this.#options.queue.close();
    await this.#finish(graceMs);
    return await this.#options.queue.end();
  }

  /** Leaves the queue to a successor; what is under way has `graceMs`, and goes back to the queue after that. */
  async leave(graceMs: number): Promise<void> {
    this.#enough.abort();
    await this.#finish(graceMs);
  }

  async #finish(graceMs: number): Promise<void> {
    const cut = () => {
      this.#enough.abort();
      this.#abort.abort();
    };
    const cancel = this.#options.context.clock.setTimeout(cut, graceMs);
    await this.#done;
    cancel();
  }

  async #send(): Promise<void> {
    const { queue } = this.#options;
    const { signal } = this.#enough;
    for (let taken = await queue.take(signal); taken; taken = await queue.take(signal))
      await this.#deliverSafely(taken);
  }

  /** A fault in here is a bug; it costs one profile, not the sender. */
  async #deliverSafely(taken: TakenProfile): Promise<void> {
    try {
      const result = await this.#deliver(taken);
      if (result === 'cut') taken.release();
      else taken.finish(result);
    } catch (error) {
      const { context, url } = this.#options;
      context.logger.error({ endpoint: url, err: error }, 'push broke');
      taken.finish({ delivered: false, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  async #deliver(taken: TakenProfile): Promise<AppendResult | 'cut'> {
    const { context, metrics, url: endpoint } = this.#options;
    const began = context.clock.monotonic();
    const result = await deliver(taken, this.#options, this.#abort.signal);
    const elapsed = (context.clock.monotonic() - began) / 1000;
    metrics.latency.observe({ endpoint, type: 'push_endpoint' }, elapsed);
    if (result.failure)
      return this.#abort.signal.aborted ? 'cut' : this.#gaveUp(taken.profile, result, result.failure);
    metrics.sentProfiles.inc({ endpoint });
    metrics.sentBytes.inc({ endpoint }, taken.profile.bytes.length);
    return delivered;
  }

  #gaveUp(
    { bytes, labels }: Profile,
    { attempts }: DeliveryResult,
    { status, reason: why, hint }: NonNullable<DeliveryResult['failure']>,
  ): AppendResult {
    const { metrics, url: endpoint, log } = this.#options;
    const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
    const reason = `failed to push to endpoint ${endpoint} after ${times}: ${why}`;
    metrics.droppedProfiles.inc({ endpoint });
    metrics.droppedBytes.inc({ endpoint }, bytes.length);
    log.dropped(status ?? 'no answer', 1, { err: reason, profile: seriesInLog(labels), status, hint });
    return { delivered: false, reason, ...(status !== undefined && { status }) };
  }
}
