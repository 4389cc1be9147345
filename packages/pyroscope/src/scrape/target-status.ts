/** What the last scrapes of one target showed; what debug information is made from. */
export interface TargetStatus {
  readonly health: 'unknown' | 'up' | 'down';
  /** The last failure as one sentence; undefined after a success. */
  readonly lastError: string | undefined;
  /** What may be changed to mend it. */
  readonly hint: string | undefined;
  /** When the last scrape began, milliseconds since the epoch; undefined before the first. */
  readonly lastScrape: number | undefined;
  /** When the last one that succeeded began; undefined before the first. */
  readonly lastSuccess: number | undefined;
  readonly lastDurationMs: number;
  /** How long after it was due the last scrape began. */
  readonly lateMs: number;
  readonly statusCode: number | undefined;
  readonly bytes: number | undefined;
}

/** A target that was not scraped yet. */
export const unknownStatus: TargetStatus = {
  health: 'unknown',
  lastError: undefined,
  hint: undefined,
  lastScrape: undefined,
  lastSuccess: undefined,
  lastDurationMs: 0,
  lateMs: 0,
  statusCode: undefined,
  bytes: undefined,
};
