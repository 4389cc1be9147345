import { randomUUID } from 'node:crypto';
import { createHttpClient, shownUrl } from '@pewter/http-client';
import type { ComponentContext } from '@pewter/runtime';
import type { ProfilesReceiver } from '../profiles-receiver.ts';
import { userAgent } from '../version.ts';
import type { EndpointArguments } from './arguments.ts';
import type { Random } from './backoff.ts';
import { Endpoint } from './endpoint.ts';
import type { WriteMetrics } from './metrics.ts';
import { createPushClient } from './push-client.ts';
import { MemoryQueue } from './queue.ts';

/** How long waiting profiles may take to be sent when the component stops or an endpoint goes, milliseconds. */
const drainMs = 5000;
const queueLimits = { maxProfiles: 2000, maxBytes: 128 * 1024 * 1024 };
/** The same for all pushes of one process. */
const instanceId = randomUUID();

/** An endpoint with its queue and connections, and the arguments that it was made from. */
export interface OpenEndpoint extends ProfilesReceiver {
  readonly args: EndpointArguments;
  /** Sends what waits within some seconds, drops the rest, and ends the connections. */
  stop(): Promise<void>;
}

/** What the endpoints of one component share. */
export interface EndpointSetting {
  readonly context: ComponentContext<unknown>;
  readonly metrics: WriteMetrics;
  readonly random: Random;
}

/** Makes the endpoint of one `endpoint` block. Connects when there is something to push. */
export function openEndpoint(args: EndpointArguments, setting: EndpointSetting): OpenEndpoint {
  const http = createHttpClient(setting.context, args, { userAgent });
  const client = createPushClient({
    http,
    url: args.url,
    timeoutMs: args.remote_timeout,
    headers: args.headers ?? new Map(),
    instanceId,
  });
  const endpoint = new Endpoint({
    ...setting,
    url: args.url.includes('@') ? shownUrl(args.url) : args.url,
    client,
    queue: new MemoryQueue(queueLimits),
    minMs: args.min_backoff_period,
    maxMs: args.max_backoff_period,
    maxAttempts: args.max_backoff_retries,
    retryOn429: args.retry_on_http_429,
  });
  return {
    args,
    append: (profile) => endpoint.append(profile),
    async stop() {
      await endpoint.stop(drainMs);
      await http.close();
    },
  };
}
