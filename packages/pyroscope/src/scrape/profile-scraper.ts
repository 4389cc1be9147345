import type { ComponentContext } from '@pewter/runtime';
import type { Profile, ProfilesReceiver } from '../profiles-receiver.ts';
import type { RequestClient } from '../request-client.ts';
import type { SharedBodies } from './bodies.ts';
import { internalFailure, notProfileFailure, type ScrapeFailure } from './failure.ts';
import { FailureLog } from './failure-log.ts';
import { type FetchResult, fetchProfile } from './fetcher.ts';
import type { Scraper, Turn } from './loop.ts';
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
  readonly bodies: SharedBodies;
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

  async scrape(turn: Turn): Promise<void> {
    const { metrics } = this.#options;
    metrics.lateness.observe(turn.lateMs / 1000);
    metrics.underWay.inc();
    // Who measures for seconds only waits, and must not take the place of those who are done at once.
    if (this.#target.measured) turn.release();
    try {
      await this.#scrape(turn);
    } finally {
      metrics.underWay.dec();
    }
  }

  async #scrape({ signal, lateMs, release }: Turn): Promise<void> {
    const { clock } = this.#options.context;
    const lastScrape = clock.now();
    const began = clock.monotonic();
    const fetched = await fetchProfile(this.#options.http, {
      url: this.#target.url,
      timeoutMs: this.#timeoutMs,
      measured: this.#target.measured,
      signal,
      bodies: this.#options.bodies,
    });
    if (signal.aborted && 'failure' in fetched) return release();
    const failure = await this.#useSafely(fetched, release);
    if ('bytes' in fetched) this.#options.bodies.budget.give(fetched.bytes.length);
    this.#note(fetched, failure, { lastScrape, lastDurationMs: clock.monotonic() - began, lateMs });
  }

  /** What goes wrong here is a fault of this program; it must not end the loop. */
  async #useSafely(fetched: FetchResult, release: () => void): Promise<ScrapeFailure | undefined> {
    try {
      return await this.#use(fetched, release);
    } catch (error) {
      release();
      return internalFailure(this.#target.url, error);
    }
  }

  /** Sends a good body on, without waiting for where it goes; gives what is wrong with any other. */
  async #use(fetched: FetchResult, release: () => void): Promise<ScrapeFailure | undefined> {
    const result = 'failure' in fetched ? fetched : await this.#stream.take(this.#target, fetched.bytes);
    if ('profile' in result && result.profile) this.#send(result.profile, release);
    else release();
    if ('failure' in result) return result.failure;
    if ('error' in result && 'bytes' in fetched)
      return notProfileFailure(this.#target.url, result.error, fetched);
    if ('reset' in result && result.reset) this.#options.metrics.resets.inc();
    return undefined;
  }

  /** The turn is over when the profile has arrived somewhere, so that pushes come before new scrapes. */
  #send(profile: Profile, release: () => void): void {
    this.#options.receiver.append(profile).then(release, release);
  }

  #note(
    fetched: FetchResult,
    failure: ScrapeFailure | undefined,
    times: Pick<TargetStatus, 'lastScrape' | 'lastDurationMs' | 'lateMs'>,
  ): void {
    const health = failure ? 'down' : 'up';
    this.#options.metrics.scrapes.inc({ result: health });
    if (failure) this.#options.metrics.failures.inc({ reason: failure.kind });
    this.#status = {
      ...times,
      health,
      lastSuccess: failure ? this.#status.lastSuccess : times.lastScrape,
      lastError: failure?.message,
      hint: failure?.hint,
      statusCode: 'failure' in fetched ? fetched.failure.statusCode : fetched.statusCode,
      bytes: 'failure' in fetched ? fetched.failure.bytes : fetched.bytes.length,
    };
    if (failure) this.#log.failed(this.#target, failure);
    else this.#log.succeeded(this.#target);
  }
}
