import type { Target } from '@pewter/discovery';
import { nonMetaLabelsHash } from '@pewter/discovery/hash';
import { shownUrl } from '@pewter/http-client';
import type { Cancel, ComponentContext } from '@pewter/runtime';
import { labelsText } from '../labels.ts';
import { withoutSecrets } from '../log-text.ts';
import type { ProfilesReceiver } from '../profiles-receiver.ts';
import type { RequestClient } from '../request-client.ts';
import { Admission } from './admission.ts';
import { type BodyLimits, SharedBodies, usualBodies } from './bodies.ts';
import { TargetBuilder } from './build-all.ts';
import type { Loop } from './loop.ts';
import { Measuring } from './measuring.ts';
import type { ScrapeMetrics } from './metrics.ts';
import { stepFor } from './moments.ts';
import type { Ownership } from './ownership.ts';
import { type LoopFactory, ScrapePool } from './pool.ts';
import { ProfileScraper } from './profile-scraper.ts';
import { createProfileStream, type ProfileStream } from './profile-stream.ts';
import type { RefusedTarget, ScrapeTarget, TargetSettings } from './scrape-target.ts';
import { type TargetStatus, unknownStatus } from './target-status.ts';

/** New targets wait this long for more of them, milliseconds; a storm of changes costs one sync. */
const coalesceMs = 100;

/** When a loop scrapes. */
export interface Timing {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** All that a manager is told to do. */
export interface Plan extends Timing {
  readonly targets: readonly Target[];
  readonly settings: TargetSettings;
  /** More targets than this, and none of them is scraped, as in Prometheus; no limit where absent or 0. */
  readonly targetLimit?: number;
  /** Bounds of bodies, bytes; the usual ones where absent. */
  readonly bodies?: BodyLimits;
}

export interface ManagerOptions {
  readonly context: Pick<ComponentContext, 'clock' | 'logger'>;
  readonly http: RequestClient;
  readonly metrics: ScrapeMetrics;
  readonly receiver: ProfilesReceiver;
  readonly ownership: Ownership;
}

/** Turns discovered targets into loops and keeps them so. */
export class ScrapeManager implements LoopFactory {
  readonly #options: ManagerOptions;
  readonly #abort = new AbortController();
  readonly #pool: ScrapePool;
  readonly #streams = new Map<bigint, ProfileStream>();
  readonly #scrapers = new Map<bigint, ProfileScraper>();
  readonly #admission: Admission;
  readonly #bodies: SharedBodies;
  readonly #measuring = new Measuring();
  readonly #builder = new TargetBuilder();
  #plan: Plan;
  #timing: Timing;
  /** How many loops there are to be. */
  #wanted = 0;
  #refused: readonly RefusedTarget[] = [];
  #pending: Cancel | undefined;
  #running = false;

  constructor(options: ManagerOptions, plan: Plan) {
    this.#options = options;
    this.#plan = plan;
    this.#timing = plan;
    this.#admission = new Admission(options.context.clock);
    this.#bodies = new SharedBodies(plan.bodies ?? usualBodies);
    this.#pool = new ScrapePool(this, this.#abort.signal);
  }

  /** The loops' targets with what their last scrapes showed, and when the next one is due. */
  get statuses(): readonly (readonly [ScrapeTarget, TargetStatus, number])[] {
    return this.#pool.entries.map(({ target, loop }) => [
      target,
      this.#scrapers.get(target.hash)?.status ?? unknownStatus,
      loop.nextDue(),
    ]);
  }

  /** Targets that cannot be scraped; the others are. */
  get refused(): readonly RefusedTarget[] {
    return this.#refused;
  }

  /** Begins to scrape. */
  run(): void {
    this.#running = true;
    this.#sync();
  }

  /** Takes another plan; the loops follow within 250 ms. */
  update(plan: Plan): void {
    this.#plan = plan;
    this.#bodies.set(plan.bodies ?? usualBodies);
    if (this.#running)
      this.#pending ??= this.#options.context.clock.setTimeout(() => this.#sync(), coalesceMs);
  }

  /** Ends all loops. Scrapes under way have `graceMs` to finish and are then given up. */
  async stop(graceMs: number): Promise<void> {
    const { clock, logger } = this.#options.context;
    this.#running = false;
    this.#pending?.();
    const cancel = clock.setTimeout(() => {
      const targets = this.#measuring.urls.map(shownUrl);
      logger.warn(
        { profiles: targets.length, targets: targets.slice(0, 5) },
        'scrapes under way given up: their targets need more time than is left',
      );
      this.#abort.abort();
    }, graceMs);
    await this.#pool.stop();
    cancel();
  }

  /** Makes and starts the loop of one target; called by the pool. */
  start(target: ScrapeTarget): Loop {
    const stream = this.#streams.get(target.identity) ?? createProfileStream(target);
    this.#streams.set(target.identity, stream);
    const { intervalMs, timeoutMs } = this.#timing;
    const timeout = target.measured ? timeoutMs + intervalMs - 1000 : timeoutMs;
    const before = this.#scrapers.get(target.hash)?.status;
    const options = { ...this.#options, bodies: this.#bodies };
    const scraper = new ProfileScraper(options, target, stream, timeout, before);
    this.#scrapers.set(target.hash, scraper);
    return this.#measuring.guard(target, {
      clock: this.#options.context.clock,
      intervalMs,
      stepMs: stepFor(this.#wanted, intervalMs),
      hash: target.hash,
      admission: this.#admission,
      scraper,
      missed: (reason) => this.#options.metrics.missed.inc({ reason }),
      faulted: (error) =>
        this.#options.context.logger.error({ target: shownUrl(target.url), err: error }, 'scrape broke'),
    });
  }

  /** A fault in here is a bug; it costs this sync, not the process or the loops that run. */
  #sync(): void {
    this.#pending = undefined;
    try {
      this.#applyPlan();
    } catch (error) {
      this.#options.context.logger.error({ err: error }, 'targets could not be synced');
    }
  }

  #applyPlan(): void {
    const targets = this.#build();
    const { intervalMs, timeoutMs } = this.#plan;
    const sameTiming = intervalMs === this.#timing.intervalMs && timeoutMs === this.#timing.timeoutMs;
    this.#timing = { intervalMs, timeoutMs };
    this.#wanted = targets.length;
    if (sameTiming) this.#pool.sync(targets);
    else this.#pool.restart(targets);
    this.#forget(targets);
    this.#options.metrics.loops.set(this.#pool.targets.length);
    this.#options.context.logger.debug({ loops: this.#pool.targets.length }, 'targets synced');
  }

  #build(): readonly ScrapeTarget[] {
    const { targets, settings, targetLimit = 0 } = this.#plan;
    const { ownership } = this.#options;
    const owned = targets.filter((target) => ownership.owns(() => nonMetaLabelsHash(target)));
    const built = this.#builder.all(owned, settings, targetLimit);
    this.#refuse(built.refused);
    return built.targets;
  }

  #refuse(refused: readonly RefusedTarget[]): void {
    const key = ({ url, labels, problem }: RefusedTarget) => `${problem} ${url || labelsText(labels)}`;
    const known = new Set(this.#refused.map(key));
    const news = refused.filter((one) => !known.has(key(one)));
    for (const [err, [first, ...others]] of Map.groupBy(news, ({ problem }) => problem)) {
      const target =
        first && (first.url === '' ? labelsText(withoutSecrets(first.labels)) : shownUrl(first.url));
      this.#options.context.logger.error(
        { err, target, others: others.length || undefined },
        'target refused',
      );
    }
    this.#refused = refused;
    this.#options.metrics.refused.set(refused.length);
  }

  /** Drops the state of targets that are gone. */
  #forget(targets: readonly ScrapeTarget[]): void {
    const hashes = new Set(targets.map(({ hash }) => hash));
    const identities = new Set(targets.map(({ identity }) => identity));
    for (const hash of this.#scrapers.keys()) if (!hashes.has(hash)) this.#scrapers.delete(hash);
    for (const identity of this.#streams.keys())
      if (!identities.has(identity)) this.#streams.delete(identity);
  }
}
