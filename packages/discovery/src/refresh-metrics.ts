import { Counter, Histogram, type Registry, Summary } from 'prom-client';

/** The metrics that every refreshing discovery has, named as in the reference. */
export interface RefreshMetrics {
  /** One refresh ended after so many seconds. */
  observe(seconds: number): void;
  fail(): void;
}

/** Registers the metrics; `config` is the id of the component. */
export function refreshMetrics(registry: Registry, mechanism: string, config: string): RefreshMetrics {
  const labelNames = ['mechanism', 'config'];
  const labels = { mechanism, config };
  const registers = [registry];
  const name = 'prometheus_sd_refresh_duration_seconds';
  const help = 'The duration of a refresh in seconds';
  const summary = new Summary({ name, help, labelNames, percentiles: [0.5, 0.9, 0.99], registers });
  const histogram = new Histogram({
    name: 'prometheus_sd_refresh_duration_histogram_seconds',
    help,
    labelNames: ['mechanism'],
    buckets: [0.01, 0.1, 1, 10],
    registers,
  });
  const failures = new Counter({
    name: 'prometheus_sd_refresh_failures_total',
    help: 'Number of refresh failures',
    labelNames,
    registers,
  });
  failures.inc(labels, 0);
  return {
    observe(seconds) {
      summary.observe(labels, seconds);
      histogram.observe({ mechanism }, seconds);
    },
    fail: () => failures.inc(labels),
  };
}
