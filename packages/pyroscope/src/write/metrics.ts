import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { QueueSize } from './send-queue.ts';

/** What pyroscope.write counts, under the reference's names; what it queues and drops under names of the same form. */
export interface WriteMetrics {
  readonly sentBytes: Counter<'endpoint'>;
  readonly sentProfiles: Counter<'endpoint'>;
  readonly droppedBytes: Counter<'endpoint'>;
  readonly droppedProfiles: Counter<'endpoint'>;
  readonly retries: Counter<'endpoint'>;
  /** Failures of the files of queues. */
  readonly queueErrors: Counter<'endpoint'>;
  readonly latency: Histogram<'endpoint' | 'type'>;
}

const counters = {
  sentBytes: ['pyroscope_write_sent_bytes_total', 'Total number of compressed bytes sent to Pyroscope.'],
  sentProfiles: ['pyroscope_write_sent_profiles_total', 'Total number of profiles sent to Pyroscope.'],
  droppedBytes: [
    'pyroscope_write_dropped_bytes_total',
    'Total number of compressed bytes dropped by Pyroscope.',
  ],
  droppedProfiles: [
    'pyroscope_write_dropped_profiles_total',
    'Total number of profiles dropped by Pyroscope.',
  ],
  retries: ['pyroscope_write_retries_total', 'Total number of retries to Pyroscope.'],
  queueErrors: [
    'pyroscope_write_queue_errors_total',
    'Total number of failures of the file of a durable queue.',
  ],
} as const;

/** An endpoint with its queue, as gauges see them. */
interface Queued {
  readonly url: string;
  readonly queue: { readonly size: QueueSize };
}

const gauges: readonly (readonly [name: string, help: string, value: (size: QueueSize) => number])[] = [
  ['pyroscope_write_queued_profiles', 'Profiles that are not delivered yet.', ({ profiles }) => profiles],
  ['pyroscope_write_queued_bytes', 'Compressed bytes that are not delivered yet.', ({ bytes }) => bytes],
  [
    'pyroscope_write_queue_oldest_seconds',
    'How long the profile that waits longest for its delivery has waited.',
    ({ age }) => age / 1000,
  ],
];

/** Registers the metrics of one component; `queues` are looked at when the metrics are. */
export function createWriteMetrics(registry: Registry, queues: () => readonly Queued[]): WriteMetrics {
  const registers = [registry];
  const counter = ([name, help]: readonly [string, string]) =>
    new Counter({ name, help, labelNames: ['endpoint'], registers });
  for (const [name, help, value] of gauges) registerGauge(registry, name, help, queues, value);
  return {
    sentBytes: counter(counters.sentBytes),
    sentProfiles: counter(counters.sentProfiles),
    droppedBytes: counter(counters.droppedBytes),
    droppedProfiles: counter(counters.droppedProfiles),
    retries: counter(counters.retries),
    queueErrors: counter(counters.queueErrors),
    latency: new Histogram({
      name: 'pyroscope_write_latency',
      help: 'Write latency for sending profiles to pyroscope',
      labelNames: ['endpoint', 'type'],
      registers,
    }),
  };
}

/** Endpoints of one URL share a line, so theirs is a sum. */
function registerGauge(
  registry: Registry,
  name: string,
  help: string,
  queues: () => readonly Queued[],
  value: (size: QueueSize) => number,
): void {
  new Gauge({
    name,
    help,
    labelNames: ['endpoint'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { url, queue } of queues()) this.inc({ endpoint: url }, value(queue.size));
    },
  });
}
