import type { ComponentContext } from '@pewter/runtime';
import type { ProfilesReceiver } from '../profiles-receiver.ts';
import type { RequestClient } from '../request-client.ts';
import { internalFailure, notProfileFailure, type ScrapeFailure } from './failure.ts';
import { FailureLog } from './failure-log.ts';
import { type FetchResult, fetchProfile } from './fetcher.ts';
import type { Scraper } from './loop.ts';
import type { ScrapeMetrics } from './metrics.ts';
import type { ProfileStream } from './profile-stream.ts';
import type { ScrapeTarget } from './scrape-target.ts';
import { type TargetStatus, unknownStatus } from './target-status.ts';

/** What scrapers of one component share. */
export interface ScraperOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  readonly http: RequestClient;
  readonly metrics: ScrapeMetrics;
  readonly receiver: ProfilesReceiver;
}

/** Fetches one target's profile, checks it, sends it on and remembers how that went. */
export class ProfileScraper implements Scraper {
  readonly #options: ScraperOptions;
  readonly #target: ScrapeTarget;
  readonly #stream: ProfileStream;
  readonly #timeoutMs: number;
  readonly #log: FailureLog;
  #status: TargetStatus;

  /** `status` is what is known of the target from a scraper before this one. */
  constructor(
    options: ScraperOptions,
    target: ScrapeTarget,
    stream: ProfileStream,
    timeoutMs: number,
    status: TargetStatus = unknownStatus,
  ) {
    this.#status = status;
    this.#options = options;
    this.#target = target;
    this.#stream = stream;
    this.#timeoutMs = timeoutMs;
    this.#log = new FailureLog(options.context.logger, options.context.clock);
  }

  get status(): TargetStatus {
    return this.#status;
  }

  async scrape(signal: AbortSignal): Promise<void> {
    this.#options.metrics.underWay.inc();
    try {
      await this.#scrape(signal);
    } finally {
      this.#options.metrics.underWay.dec();
    }
  }

  async #scrape(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.context;
    const lastScrape = clock.now();
    const began = clock.monotonic();
    const fetched = await fetchProfile(this.#options.http, {
      url: this.#target.url,
      timeoutMs: this.#timeoutMs,
      signal,
    });
    if (signal.aborted && 'failure' in fetched) return;
    const failure = await this.#useSafely(fetched);
    this.#note(fetched, failure, { lastScrape, lastDurationMs: clock.monotonic() - began });
  }

  /** What goes wrong here is a fault of this program; it must not end the loop. */
  async #useSafely(fetched: FetchResult): Promise<ScrapeFailure | undefined> {
    try {
      return await this.#use(fetched);
    } catch (error) {
      return internalFailure(this.#target.url, error);
    }
  }

  /** Sends a good body on, without waiting for where it goes; gives what is wrong with any other. */
  async #use(fetched: FetchResult): Promise<ScrapeFailure | undefined> {
    if ('failure' in fetched) return fetched.failure;
    const result = await this.#stream.take(this.#target, fetched.bytes);
    if ('error' in result) return notProfileFailure(this.#target.url, result.error.message, fetched);
    if (result.reset) this.#options.metrics.resets.inc();
    if (result.profile) void this.#options.receiver.append(result.profile);
    return undefined;
  }

  #note(
    fetched: FetchResult,
    failure: ScrapeFailure | undefined,
    times: Pick<TargetStatus, 'lastScrape' | 'lastDurationMs'>,
  ): void {
    const health = failure ? 'down' : 'up';
    this.#options.metrics.scrapes.inc({ result: health });
    this.#status = {
      ...times,
      health,
      lastError: failure?.message,
      hint: failure?.hint,
      statusCode: 'failure' in fetched ? fetched.failure.statusCode : fetched.statusCode,
      bytes: 'failure' in fetched ? fetched.failure.bytes : fetched.bytes.length,
    };
    if (failure) this.#log.failed(this.#target, failure);
    else this.#log.succeeded(this.#target);
  }
}
