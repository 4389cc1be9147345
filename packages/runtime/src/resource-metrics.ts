import { Counter, Gauge, Registry } from 'prom-client';
import type { ProcessUsage } from './outside.ts';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  readonly value: (usage: ProcessUsage) => number;
}

const prefix = 'alloy_resources';

const metrics: readonly Metric[] = [
  {
    name: `${prefix}_process_cpu_seconds_total`,
    help: 'Total user and system CPU time spent in seconds.',
    kind: 'counter',
    value: ({ cpuSeconds }) => cpuSeconds,
  },
  {
    name: `${prefix}_process_resident_memory_bytes`,
    help: 'Resident memory size in bytes.',
    kind: 'gauge',
    value: ({ residentBytes }) => residentBytes,
  },
  {
    name: `${prefix}_process_virtual_memory_bytes`,
    help: 'Virtual memory size in bytes.',
    kind: 'gauge',
    value: ({ virtualBytes }) => virtualBytes,
  },
  {
    name: `${prefix}_process_start_time_seconds`,
    help: 'Start time of the process since unix epoch in seconds.',
    kind: 'gauge',
    value: ({ started }) => started / 1_000,
  },
  {
    name: `${prefix}_machine_rx_bytes_total`,
    help: 'Total bytes, host-wide, received across all network interfaces.',
    kind: 'counter',
    value: ({ receivedBytes }) => receivedBytes,
  },
  {
    name: `${prefix}_machine_tx_bytes_total`,
    help: 'Total bytes, host-wide, sent across all given network interface.',
    kind: 'counter',
    value: ({ sentBytes }) => sentBytes,
  },
];

/** Metrics of the process and its machine under the reference's names, asked for when they are read. */
export function resourceMetrics(usage: () => ProcessUsage): Registry {
  const registry = new Registry();
  for (const { name, help, kind, value } of metrics) {
    const options = { name, help, registers: [registry] };
    if (kind === 'gauge') {
      new Gauge({
        ...options,
        collect() {
          this.set(value(usage()));
        },
      });
    } else {
      new Counter({
        ...options,
        collect() {
          this.reset();
          this.inc(value(usage()));
        },
      });
    }
  }
  return registry;
}
