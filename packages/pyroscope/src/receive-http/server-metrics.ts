import type { Clock, ServerAnswer, ServerHandler, ServerRequest } from '@pewter/runtime';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** The reference's buckets: seconds, and bytes from 1 MiB to 250 MiB. */
const secondBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100];
const byteBuckets = [1, 2.5, 5, 10, 25, 50, 100, 250].map((mebibytes) => mebibytes * 2 ** 20);

/** What the server counts, under the reference's names. */
export interface ServerMetrics {
  readonly duration: Histogram<'method' | 'route' | 'status_code' | 'ws'>;
  readonly received: Histogram<'method' | 'route'>;
  readonly sent: Histogram<'method' | 'route'>;
  readonly inFlight: Gauge<'method' | 'route'>;
  /** Requests that were told to come back later; ours. */
  readonly refused: Counter;
}

const prefix = 'pyroscope_receive_http';

/** Registers the metrics of one component's server. */
export function createServerMetrics(registry: Registry): ServerMetrics {
  const registers = [registry];
  const labelNames = ['method', 'route'] as const;
  const bytes = (name: string, help: string) =>
    new Histogram({ name: `${prefix}_${name}`, help, labelNames, buckets: byteBuckets, registers });
  return {
    duration: new Histogram({
      name: `${prefix}_request_duration_seconds`,
      help: 'Time (in seconds) spent serving HTTP requests.',
      labelNames: ['method', 'route', 'status_code', 'ws'],
      buckets: secondBuckets,
      registers,
    }),
    received: bytes('request_message_bytes', 'Size (in bytes) of messages received in the request.'),
    sent: bytes('response_message_bytes', 'Size (in bytes) of messages sent in response.'),
    inFlight: new Gauge({
      name: `${prefix}_inflight_requests`,
      help: 'Current number of inflight requests.',
      labelNames,
      registers,
    }),
    refused: new Counter({
      name: `${prefix}_overload_refusals_total`,
      help: 'Requests that were refused for want of room.',
      registers,
    }),
  };
}

/** The methods that are told apart; a client may send any word. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures a handler; `routeOf` gives the few names of what is served, so that no client makes new ones. */
export function measured(
  handler: ServerHandler,
  routeOf: (path: string) => string,
  metrics: ServerMetrics,
  clock: Clock,
): ServerHandler {
  return async (request: ServerRequest): Promise<ServerAnswer> => {
    const [path = ''] = request.url.split('?');
    const labels = { method: methods.has(request.method) ? request.method : 'other', route: routeOf(path) };
    const began = clock.monotonic();
    let size = 0;
    const body = counting(request.body, (bytes) => {
      size += bytes;
    });
    metrics.inFlight.inc(labels);
    let status = 500;
    try {
      const answer = await handler({ ...request, body });
      status = answer.status;
      metrics.sent.observe(labels, answer.body.length);
      return answer;
    } finally {
      metrics.inFlight.dec(labels);
      metrics.received.observe(labels, size);
      const seconds = (clock.monotonic() - began) / 1000;
      metrics.duration.observe({ ...labels, status_code: String(status), ws: 'false' }, seconds);
    }
  };
}

async function* counting(
  body: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    count(chunk.length);
    yield chunk;
  }
}
