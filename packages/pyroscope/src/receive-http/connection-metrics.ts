import { Gauge, type Registry } from 'prom-client';

/** The connections of a server, as they are now. */
export interface ConnectionCounts {
  readonly connections: number;
  /** 0 is without limit. */
  readonly limit: number;
}

/** Registers the gauges of connections under the reference's names; they ask for their values when they are read. */
export function registerConnectionMetrics(registry: Registry, counts: () => ConnectionCounts): void {
  const gauge = (name: string, help: string, value: (now: ConnectionCounts) => number) =>
    new Gauge({
      name: `pyroscope_receive_http_${name}`,
      help,
      labelNames: ['protocol'],
      registers: [registry],
      collect() {
        this.set({ protocol: 'http' }, value(counts()));
      },
    });
  gauge('tcp_connections', 'Current number of accepted TCP connections.', ({ connections }) => connections);
  gauge(
    'tcp_connections_limit',
    'The max number of TCP connections that can be accepted (0 means no limit).',
    ({ limit }) => limit,
  );
}
