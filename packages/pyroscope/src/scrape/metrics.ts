import { Counter, Gauge, type Registry } from 'prom-client';
import { createFanoutMetrics, type FanoutMetrics } from '../fanout.ts';

/** What pyroscope.scrape counts. */
export interface ScrapeMetrics extends FanoutMetrics {
  /** By `reason`: a scrape that was due and did not happen. */
  readonly missed: Counter<'reason'>;
  /** By `result`: up or down. */
  readonly scrapes: Counter<'result'>;
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
      help: 'Targets that cannot be scraped as they are given.',
      registers,
    }),
    loops: new Gauge({ name: 'pyroscope_scrape_loops', help: 'Scrape loops that run.', registers }),
  };
}
