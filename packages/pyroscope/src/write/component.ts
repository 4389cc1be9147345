import { randomUUID } from 'node:crypto';
import {
  type Component,
  type ComponentContext,
  type ComponentDefinition,
  defineComponent,
} from '@pewter/runtime';
import { createHttpClient } from '@pewter/http-client';
import { overrideLabels } from '../labels.ts';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import {
  type EndpointArguments,
  type WriteArguments,
  type WriteExports,
  writeArguments,
  writeExports,
} from './arguments.ts';
import type { Random } from './backoff.ts';
import { Endpoint } from './endpoint.ts';
import { createWriteMetrics, type WriteMetrics } from './metrics.ts';
import { userAgent } from '../version.ts';
import { createPushClient } from './push-client.ts';
import { MemoryQueue } from './queue.ts';

/** How long waiting profiles may take to be sent when the component stops or an endpoint goes, milliseconds. */
const drainMs = 5000;
const queueLimits = { maxProfiles: 2000, maxBytes: 128 * 1024 * 1024 };
/** The same for all pushes of one process. */
const instanceId = randomUUID();

/** pyroscope.write: pushes profiles to servers. */
export const pyroscopeWrite: ComponentDefinition = defineWrite(Math.random);

/** The component with a source of random numbers for its back-off. */
export function defineWrite(random: Random): ComponentDefinition {
  return defineComponent<WriteArguments, WriteExports>({
    name: 'pyroscope.write',
    stability: 'generally-available',
    arguments: writeArguments,
    exports: writeExports,
    build: (context, args) => new WriteComponent(context, args, random),
  });
}

/** An endpoint and how to end it. */
interface Running extends ProfilesReceiver {
  stop(): Promise<void>;
}

class WriteComponent implements Component<WriteArguments>, ProfilesReceiver {
  readonly #context: ComponentContext<WriteExports>;
  readonly #metrics: WriteMetrics;
  readonly #random: Random;
  readonly #stopping = new Set<Promise<void>>();
  #args: WriteArguments;
  #endpoints: readonly Running[] = [];

  constructor(context: ComponentContext<WriteExports>, args: WriteArguments, random: Random) {
    this.#context = context;
    this.#random = random;
    this.#metrics = createWriteMetrics(context.metrics);
    this.#args = args;
    this.#endpoints = this.#open(args);
    // The receiver stays the same through every update, so that what holds it always reaches the current endpoints.
    context.setExports({ receiver: { append: (profile) => this.append(profile) } });
  }

  async run(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#close();
    await Promise.all(this.#stopping);
  }

  update(args: WriteArguments): void {
    const endpoints = this.#open(args);
    this.#close();
    this.#args = args;
    this.#endpoints = endpoints;
  }

  async append(profile: Profile): Promise<AppendResult> {
    const began = this.#context.clock.monotonic();
    const labels = overrideLabels(profile.labels, this.#args.external_labels ?? new Map());
    const outgoing = labels === profile.labels ? profile : { ...profile, labels };
    const results = await Promise.all(this.#endpoints.map((endpoint) => endpoint.append(outgoing)));
    const elapsed = (this.#context.clock.monotonic() - began) / 1000;
    this.#metrics.latency.observe({ endpoint: '-', type: 'push_total' }, elapsed);
    return results.find((result) => !result.delivered) ?? delivered;
  }

  #open(args: WriteArguments): readonly Running[] {
    return args.endpoint.map((endpoint) => this.#openEndpoint(endpoint));
  }

  #openEndpoint(args: EndpointArguments): Running {
    const context = this.#context;
    const http = createHttpClient(context, args, { userAgent });
    const endpoint = new Endpoint({
      context,
      url: args.url,
      client: createPushClient({
        http,
        url: args.url,
        timeoutMs: args.remote_timeout,
        headers: args.headers ?? new Map(),
        instanceId,
      }),
      queue: new MemoryQueue(queueLimits),
      metrics: this.#metrics,
      minMs: args.min_backoff_period,
      maxMs: args.max_backoff_period,
      maxAttempts: args.max_backoff_retries,
      retryOn429: args.retry_on_http_429,
      random: this.#random,
    });
    return {
      append: (profile) => endpoint.append(profile),
      stop: () => endpoint.stop(drainMs).then(() => http.close()),
    };
  }

  /** Lets the current endpoints send what they hold, in the background. */
  #close(): void {
    for (const endpoint of this.#endpoints) {
      const stopped = endpoint.stop().finally(() => this.#stopping.delete(stopped));
      this.#stopping.add(stopped);
    }
  }
}
