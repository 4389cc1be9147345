import type { Component, ComponentContext, DebugInfo, Health } from '@pewter/runtime';
import { namedForService } from '../app-name.ts';
import { type Label, overrideLabels, refusedLabels, sentLabels } from '../labels.ts';
import { seriesInLog } from '../log-text.ts';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { untilAborted } from '../until-aborted.ts';
import type { WriteArguments, WriteExports } from './arguments.ts';
import type { Random } from './backoff.ts';
import { DropLog } from './drop-log.ts';
import { EndpointSet } from './endpoint-set.ts';
import { createWriteMetrics, type WriteMetrics } from './metrics.ts';
import type { QueueRest } from './send-queue.ts';

/** How long waiting profiles may take to be sent when the component stops, milliseconds. */
const drainMs = 3_000;

const keptByQueue = 'a queue block in endpoint keeps them on disk for the next start (not in Alloy)';

/** pyroscope.write at work; see its definition. */
export class WriteComponent implements Component<WriteArguments>, ProfilesReceiver {
  readonly #context: ComponentContext<WriteExports>;
  readonly #metrics: WriteMetrics;
  readonly #endpoints: EndpointSet;
  readonly #log: DropLog;
  #args: WriteArguments;
  #problem: { readonly text: string; readonly since: number } | undefined;
  #rest: QueueRest | undefined;

  constructor(context: ComponentContext<WriteExports>, args: WriteArguments, random: Random) {
    this.#context = context;
    this.#metrics = createWriteMetrics(context.metrics, () => this.#endpoints.open);
    this.#log = new DropLog(context, 'all');
    this.#args = args;
    this.#endpoints = new EndpointSet({ context, random, metrics: this.#metrics });
    this.#endpoints.want(args.endpoint);
    // The receiver stays the same through every update, so that what holds it always reaches the current endpoints.
    context.setExports({ receiver: { append: (profile) => this.append(profile) } });
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#endpoints.start();
    await untilAborted(signal);
    this.#rest = await this.#endpoints.stop(drainMs);
    const { kept, lost } = this.#rest;
    if (kept + lost > 0)
      this.#context.logger.warn(
        { profiles_on_disk: kept, profiles_lost: lost, hint: lost > 0 ? keptByQueue : undefined },
        'ended with profiles not sent',
      );
  }

  update(args: WriteArguments): void {
    this.#endpoints.want(args.endpoint);
    this.#args = args;
  }

  async append(profile: Profile): Promise<AppendResult> {
    const { clock } = this.#context;
    const began = clock.monotonic();
    const own = profile.ingest ? namedForService(profile.labels) : sentLabels(profile.labels);
    const labels = overrideLabels(own, this.#args.external_labels ?? new Map());
    const refused = refusedLabels(labels);
    if (refused !== undefined) return this.#refuse(refused, labels);
    const outgoing = labels === profile.labels ? profile : { ...profile, labels };
    const results = await Promise.all(this.#endpoints.open.map((endpoint) => endpoint.append(outgoing)));
    const elapsed = (clock.monotonic() - began) / 1000;
    this.#metrics.latency.observe({ endpoint: '-', type: 'push_total' }, elapsed);
    return results.find((result) => !result.delivered) ?? delivered;
  }

  /** Unhealthy while a queue cannot keep profiles on disk as it should. */
  health(): Health | undefined {
    const text = this.#endpoints.open
      .map(({ queue }) => queue.problem)
      .find((problem) => problem !== undefined);
    if (text === undefined) this.#problem = undefined;
    else if (text !== this.#problem?.text) this.#problem = { text, since: this.#context.clock.now() };
    return this.#problem && { state: 'unhealthy', message: this.#problem.text, updated: this.#problem.since };
  }

  /** Each endpoint with how its pushes go, and its queue; after the end, what was left behind. */
  debugInfo(): DebugInfo {
    const endpoint = this.#endpoints.open.map(({ url, status, queue }) => {
      const { profiles, bytes, age } = queue.size;
      return {
        url,
        ...status.debugInfo(),
        queued_profiles: profiles,
        queued_bytes: bytes,
        oldest_seconds: Math.round(age / 1000),
      };
    });
    return {
      endpoint,
      ...(this.#rest && { profiles_on_disk: this.#rest.kept, profiles_lost: this.#rest.lost }),
    };
  }

  /** No server would take it, so none is asked. */
  #refuse(problem: string, labels: readonly Label[]): AppendResult {
    const reason = `invalid labels in profile: ${problem}`;
    const hint = 'mend the labels with pyroscope.relabel';
    this.#log.dropped(problem, 1, { err: reason, profile: seriesInLog(labels), hint });
    return { delivered: false, reason };
  }
}
