import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { createFanoutMetrics, type FanoutMetrics } from '../fanout.ts';

/** What pyroscope.scrape counts. */
export interface ScrapeMetrics extends FanoutMetrics {
  /** By `reason`: a scrape that was due and did not happen. */
  readonly missed: Counter<'reason'>;
  /** By `result`: up or down. */
  readonly scrapes: Counter<'result'>;
  /** By `reason`: the kind of a failed scrape. */
  readonly failures: Counter<'reason'>;
  /** Seconds from when a scrape was due until it began. */
  readonly lateness: Histogram;
  readonly underWay: Gauge;
  readonly resets: Counter;
  readonly refused: Gauge;
  readonly loops: Gauge;
}

/** Registers the metrics of one component. */
export function createScrapeMetrics(registry: Registry): ScrapeMetrics {
  const registers = [registry];
  return {
    ...createFanoutMetrics(registry),
    missed: new Counter({
      name: 'pyroscope_scrape_missed_total',
      help: 'Scrapes that were due and skipped, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    scrapes: new Counter({
      name: 'pyroscope_scrapes_total',
      help: 'Scrapes that were made, by result.',
      labelNames: ['result'],
      registers,
    }),
    failures: new Counter({
      name: 'pyroscope_scrape_failures_total',
      help: 'Scrapes that failed, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    lateness: new Histogram({
      name: 'pyroscope_scrape_lateness_seconds',
      help: 'Time from when a scrape was due until it began.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    underWay: new Gauge({
      name: 'pyroscope_scrapes_under_way',
      help: 'Scrapes that have begun and not ended.',
      registers,
    }),
    resets: new Counter({
      name: 'pyroscope_scrape_delta_resets_total',
      help: 'Cumulative profiles that began anew because their process did.',
      registers,
    }),
    refused: new Gauge({
      name: 'pyroscope_scrape_refused_targets',
      help: 'Profiles of targets that cannot be scraped as they are given.',
      registers,
    }),
    loops: new Gauge({ name: 'pyroscope_scrape_loops', help: 'Scrape loops that run.', registers }),
  };
}
