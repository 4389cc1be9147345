import { shortened } from '../log-text.ts';
import { sameArguments } from '../same-arguments.ts';
import type { EndpointArguments } from './arguments.ts';
import { DropLog } from './drop-log.ts';
import { DurableQueue } from './durable-queue.ts';
import { MemoryQueue } from './memory-queue.ts';
import { type EndpointSetting, endpointName, type OpenEndpoint, openEndpoint } from './open-endpoint.ts';
import { type QueueArguments, queueFileName } from './queue-arguments.ts';
import type { Dropped, QueueLimits, QueueRest, SendQueue } from './send-queue.ts';

/** Bounds of a queue in memory; the bytes of a profile that waits for several endpoints are there once. */
const memoryLimits: QueueLimits = { maxBytes: 256 * 1024 * 1024, maxAge: 10 * 60_000 };
/** How long an endpoint that is no longer in the config has to send what waits, milliseconds. */
const removedGraceMs = 5_000;

/** The endpoints of a component, through every change of its arguments. */
export class EndpointSet {
  readonly #setting: EndpointSetting;
  /** By file; a queue stays open while endpoints over it come and go. */
  readonly #durable = new Map<string, DurableQueue>();
  readonly #ending = new Set<Promise<void>>();
  #open: readonly OpenEndpoint[] = [];
  #started = false;

  constructor(setting: EndpointSetting) {
    this.#setting = setting;
  }

  get open(): readonly OpenEndpoint[] {
    return this.#open;
  }

  /** Endpoints whose arguments stay the same keep their queue and what they have under way. */
  want(all: readonly EndpointArguments[]): void {
    const left = new Set(this.#open);
    const files = new Set(all.filter(({ queue }) => queue).map((args) => this.#file(args)));
    this.#open = all.map((wanted) => {
      const kept = [...left].find(({ args }) => sameArguments(args, wanted));
      if (kept === undefined) return this.#make(wanted);
      left.delete(kept);
      return kept;
    });
    for (const endpoint of left) this.#later(() => this.#retire(endpoint, files));
  }

  /** Opens the files of the queues. */
  start(): void {
    this.#started = true;
    for (const queue of this.#durable.values()) void queue.start();
  }

  /** Stops all within `graceMs`; gives what is left behind. */
  async stop(graceMs: number): Promise<QueueRest> {
    const rests = await Promise.all(this.#open.map((endpoint) => endpoint.stop(graceMs)));
    await Promise.all(this.#ending);
    return rests.reduce((sum, { kept, lost }) => ({ kept: sum.kept + kept, lost: sum.lost + lost }), {
      kept: 0,
      lost: 0,
    });
  }

  #make(args: EndpointArguments): OpenEndpoint {
    const log = new DropLog(this.#setting.context, endpointName(args));
    const queue =
      args.queue === undefined ? this.#memoryQueue(args, log) : this.#durableQueue(args, args.queue, log);
    return openEndpoint(args, queue, log, this.#setting);
  }

  #memoryQueue(args: EndpointArguments, log: DropLog): SendQueue {
    return new MemoryQueue({
      ...memoryLimits,
      clock: this.#setting.context.clock,
      dropped: this.#dropped(args, log),
    });
  }

  #durableQueue(args: EndpointArguments, queue: QueueArguments, log: DropLog): SendQueue {
    const path = this.#file(args);
    const limits = { maxBytes: queue.max_bytes, maxAge: queue.max_age };
    const open = this.#durable.get(path);
    open?.limit(limits);
    if (open) return open;
    const { context, metrics } = this.#setting;
    const made = new DurableQueue({
      ...limits,
      context,
      path,
      fsync: queue.fsync as 'always' | 'interval' | 'never',
      maxUnstoredBytes: memoryLimits.maxBytes,
      dropped: this.#dropped(args, log),
      failed: () => metrics.queueErrors.inc({ endpoint: endpointName(args) }),
    });
    this.#durable.set(path, made);
    if (this.#started) void made.start();
    return made;
  }

  #dropped(args: EndpointArguments, log: DropLog): Dropped {
    const { metrics } = this.#setting;
    const endpoint = endpointName(args);
    return (profiles, bytes, why, series) => {
      metrics.droppedProfiles.inc({ endpoint }, profiles);
      metrics.droppedBytes.inc({ endpoint }, bytes);
      log.dropped(why, profiles, { err: why, profile: shortened(series) });
    };
  }

  #file(args: EndpointArguments): string {
    return `${this.#setting.context.dataPath}/${queueFileName(args)}`;
  }

  /** An endpoint that another one follows leaves it its queue; any other ends with its queue. */
  async #retire(endpoint: OpenEndpoint, followed: ReadonlySet<string>): Promise<void> {
    const file = endpoint.args.queue && this.#file(endpoint.args);
    if (file !== undefined && followed.has(file)) return await endpoint.leave(removedGraceMs);
    if (file !== undefined) this.#durable.delete(file);
    const { kept } = await endpoint.stop(removedGraceMs);
    if (kept > 0)
      this.#setting.context.logger.warn(
        { endpoint: endpoint.url, file, profiles: kept },
        'profiles of a removed endpoint stay in its queue file: `pewter queue` shows and sends them',
      );
  }

  /** In the background; what goes wrong concerns only what ends. */
  #later(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) =>
        this.#setting.context.logger.warn({ err: error }, 'endpoint did not end well'),
      )
      .finally(() => this.#ending.delete(done));
    this.#ending.add(done);
  }
}
