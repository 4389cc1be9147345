import { Counter, Gauge, type Registry } from 'prom-client';

/** What pyroscope.relabel counts, under the reference's names. */
export interface RelabelMetrics {
  readonly processed: Counter;
  readonly written: Counter;
  readonly dropped: Counter;
  readonly cacheHits: Counter;
  readonly cacheMisses: Counter;
  readonly cacheSize: Gauge;
}

/** Registers the metrics of one component. */
export function createRelabelMetrics(registry: Registry): RelabelMetrics {
  const options = (name: string, help: string) => ({
    name: `pyroscope_relabel_${name}`,
    help,
    registers: [registry],
  });
  return {
    processed: new Counter(options('profiles_processed', 'Total number of profiles processed')),
    written: new Counter(options('profiles_written', 'Total number of profiles forwarded')),
    dropped: new Counter(options('profiles_dropped', 'Total number of profiles dropped by relabeling rules')),
    cacheHits: new Counter(options('cache_hits', 'Total number of cache hits')),
    cacheMisses: new Counter(options('cache_misses', 'Total number of cache misses')),
    cacheSize: new Gauge(options('cache_size', 'Total size of relabel cache')),
  };
}
