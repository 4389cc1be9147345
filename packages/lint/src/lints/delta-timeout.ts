import type { Lint } from '../lint.ts';
import { attributeOf, durationOf, textOf } from '../literal.ts';
import { scrapesOf, takesDeltas } from '../scrapes.ts';

const defaultIntervalMs = 15_000;

/** A timeout that reads as if profiles measured over the interval had to arrive within it. */
export const deltaTimeout: Lint = {
  name: 'delta-timeout',
  code: 'W0523',
  about: 'a `scrape_timeout` shorter than the interval where profiles are measured over the interval',
  *check(scope) {
    for (const { block, part } of scrapesOf(scope)) {
      const timeout = attributeOf(block.body, 'scrape_timeout');
      const interval = attributeOf(block.body, 'scrape_interval');
      const timeoutMs = durationOf(timeout?.value);
      const intervalMs = interval === undefined ? defaultIntervalMs : durationOf(interval.value);
      if (timeout === undefined || timeoutMs === undefined || intervalMs === undefined) continue;
      if (timeoutMs >= intervalMs || takesDeltas(block.body) !== true) continue;
      yield {
        at: part,
        range: timeout.value.range,
        message: `\`scrape_timeout\` (${textOf(timeout.value)}) is shorter than the interval (${intervalMs / 1000}s), over which CPU profiles are measured`,
        hint: `these get the interval on top, ${(timeoutMs + intervalMs) / 1000 - 1}s in all; only for other profiles it counts as it stands`,
      };
    }
  },
};
