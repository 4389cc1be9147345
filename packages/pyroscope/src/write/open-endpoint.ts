import { randomUUID } from 'node:crypto';
import { createHttpClient, shownUrl } from '@pewter/http-client';
import type { ComponentContext } from '@pewter/runtime';
import type { ProfilesReceiver } from '../profiles-receiver.ts';
import { userAgent } from '../version.ts';
import type { EndpointArguments } from './arguments.ts';
import type { Random } from './backoff.ts';
import type { DropLog } from './drop-log.ts';
import { Endpoint } from './endpoint.ts';
import { EndpointStatus } from './endpoint-status.ts';
import type { WriteMetrics } from './metrics.ts';
import { OutageLog } from './outage-log.ts';
import { Pulse } from './pulse.ts';
import { createPushClient } from './push-client.ts';
import type { QueueRest, SendQueue } from './send-queue.ts';

/**
 * Pushes that one endpoint has under way at a time: at 800 profiles a second, each may take 80 ms. Measured with
 * `test/bench/write.ts`.
 */
const senders = 64;
/** The same for all pushes of one process. */
const instanceId = randomUUID();

/** An endpoint with its connections, and the arguments that it was made from. */
export interface OpenEndpoint extends ProfilesReceiver {
  readonly args: EndpointArguments;
  /** How messages and metrics name it; without credentials. */
  readonly url: string;
  readonly queue: SendQueue;
  readonly status: EndpointStatus;
  /** Sends what waits within `graceMs`, ends its queue and the connections. */
  stop(graceMs: number): Promise<QueueRest>;
  /** Leaves its queue to another endpoint within `graceMs`, and ends the connections. */
  leave(graceMs: number): Promise<void>;
}

/** What the endpoints of one component share. */
export interface EndpointSetting {
  readonly context: ComponentContext<unknown>;
  readonly metrics: WriteMetrics;
  readonly random: Random;
}

/** An endpoint as messages and metrics name it. */
export function endpointName({ url }: EndpointArguments): string {
  return /[@?#]/.test(url) ? shownUrl(url) : url;
}

/** Makes the endpoint of one `endpoint` block. Connects when there is something to push. */
export function openEndpoint(
  args: EndpointArguments,
  queue: SendQueue,
  log: DropLog,
  setting: EndpointSetting,
): OpenEndpoint {
  const http = createHttpClient(setting.context, args, { userAgent });
  const client = createPushClient({
    http,
    url: args.url,
    timeoutMs: args.remote_timeout,
    headers: args.headers ?? new Map(),
    instanceId,
  });
  const url = endpointName(args);
  const status = new EndpointStatus(setting.context.clock);
  const endpoint = new Endpoint({
    ...setting,
    url,
    client,
    queue,
    log,
    senders,
    status,
    pulse: new Pulse(setting.context.clock),
    outage: new OutageLog({ context: setting.context, url, waiting: () => queue.size.profiles }),
    minMs: args.min_backoff_period,
    maxMs: args.max_backoff_period,
    maxAttempts: args.max_backoff_retries,
    retryOn429: args.retry_on_http_429,
    patient: args.queue !== undefined,
  });
  return {
    args,
    url,
    queue,
    status,
    append: (profile) => endpoint.append(profile),
    async stop(graceMs) {
      const rest = await endpoint.stop(graceMs);
      await http.close();
      return rest;
    },
    async leave(graceMs) {
      await endpoint.leave(graceMs);
      await http.close();
    },
  };
}
