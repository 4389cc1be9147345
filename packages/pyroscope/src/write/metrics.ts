import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What pyroscope.write counts, under the reference's names; what it queues and drops under names of the same form. */
export interface WriteMetrics {
  readonly sentBytes: Counter<'endpoint'>;
  readonly sentProfiles: Counter<'endpoint'>;
  readonly droppedBytes: Counter<'endpoint'>;
  readonly droppedProfiles: Counter<'endpoint'>;
  readonly retries: Counter<'endpoint'>;
  readonly queued: Gauge<'endpoint'>;
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
} as const;

/** Registers the metrics of one component. */
export function createWriteMetrics(registry: Registry): WriteMetrics {
  const registers = [registry];
  const counter = ([name, help]: readonly [string, string]) =>
    new Counter({ name, help, labelNames: ['endpoint'], registers });
  return {
    sentBytes: counter(counters.sentBytes),
    sentProfiles: counter(counters.sentProfiles),
    droppedBytes: counter(counters.droppedBytes),
    droppedProfiles: counter(counters.droppedProfiles),
    retries: counter(counters.retries),
    queued: new Gauge({
      name: 'pyroscope_write_queued_profiles',
      help: 'Profiles that wait to be sent.',
      labelNames: ['endpoint'],
      registers,
    }),
    latency: new Histogram({
      name: 'pyroscope_write_latency',
      help: 'Write latency for sending profiles to pyroscope',
      labelNames: ['endpoint', 'type'],
      registers,
    }),
  };
}
