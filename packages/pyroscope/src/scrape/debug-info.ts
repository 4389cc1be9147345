import type { DebugInfo } from '@pewter/runtime';
import { durationText } from '../duration-text.ts';
import type { Label } from '../labels.ts';
import type { RefusedTarget, ScrapeTarget } from './scrape-target.ts';
import type { TargetStatus } from './target-status.ts';

/**
 * The reference's debug information (`target` blocks), with the status code, size, lateness and hint of the last scrape
 * added, and the times of the last success and of the next scrape;
 * targets that cannot be scraped are there too, as down.
 */
export function scrapeDebugInfo(
  jobName: string,
  statuses: readonly (readonly [ScrapeTarget, TargetStatus, next?: number])[],
  refused: readonly RefusedTarget[],
): DebugInfo {
  return {
    target: [
      ...statuses.map(([target, status, next]) => targetInfo(jobName, target, status, next)),
      ...refused.map(({ labels, url, problem }) => ({
        job: jobName,
        url,
        health: 'down',
        labels: labelObject(labels),
        last_error: problem,
      })),
    ],
  };
}

function targetInfo(job: string, target: ScrapeTarget, status: TargetStatus, next?: number): DebugInfo {
  return {
    job,
    url: target.url,
    health: status.health,
    labels: labelObject(target.labels),
    ...(status.lastError !== undefined && { last_error: status.lastError }),
    ...(status.hint !== undefined && { hint: status.hint }),
    ...(status.lastScrape !== undefined && {
      last_scrape: new Date(status.lastScrape).toISOString(),
      last_scrape_duration: durationText(status.lastDurationMs),
      last_scrape_lateness: durationText(Math.round(status.lateMs)),
    }),
    ...(status.lastSuccess !== undefined && { last_success: new Date(status.lastSuccess).toISOString() }),
    ...(next !== undefined && { next_scrape: new Date(next).toISOString() }),
    ...(status.statusCode !== undefined && { status_code: status.statusCode }),
    ...(status.bytes !== undefined && { bytes: status.bytes }),
  };
}

function labelObject(labels: readonly Label[]): DebugInfo {
  return Object.fromEntries(labels.map(({ name, value }) => [name, value]));
}
