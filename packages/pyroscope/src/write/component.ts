import type { Component, ComponentContext } from '@pewter/runtime';
import { overrideLabels, refusedLabels, sentLabels } from '../labels.ts';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { sameArguments } from '../same-arguments.ts';
import { untilAborted } from '../until-aborted.ts';
import type { WriteArguments, WriteExports } from './arguments.ts';
import type { Random } from './backoff.ts';
import { DropLog } from './drop-log.ts';
import { createWriteMetrics } from './metrics.ts';
import { type EndpointSetting, type OpenEndpoint, openEndpoint } from './open-endpoint.ts';

/** pyroscope.write at work; see its definition. */
export class WriteComponent implements Component<WriteArguments>, ProfilesReceiver {
  readonly #setting: EndpointSetting;
  readonly #log: DropLog;
  readonly #stopping = new Set<Promise<void>>();
  #args: WriteArguments;
  #endpoints: readonly OpenEndpoint[];

  constructor(context: ComponentContext<WriteExports>, args: WriteArguments, random: Random) {
    this.#setting = { context, random, metrics: createWriteMetrics(context.metrics) };
    this.#log = new DropLog(context, 'all');
    this.#args = args;
    this.#endpoints = args.endpoint.map((endpoint) => openEndpoint(endpoint, this.#setting));
    // The receiver stays the same through every update, so that what holds it always reaches the current endpoints.
    context.setExports({ receiver: { append: (profile) => this.append(profile) } });
  }

  async run(signal: AbortSignal): Promise<void> {
    await untilAborted(signal);
    this.#stop(this.#endpoints);
    await Promise.all(this.#stopping);
  }

  /** Endpoints whose arguments stay the same keep their queue and what they have under way. */
  update(args: WriteArguments): void {
    const left = new Set(this.#endpoints);
    this.#endpoints = args.endpoint.map((wanted) => {
      const kept = [...left].find((endpoint) => sameArguments(endpoint.args, wanted));
      if (kept === undefined) return openEndpoint(wanted, this.#setting);
      left.delete(kept);
      return kept;
    });
    this.#args = args;
    this.#stop(left);
  }

  async append(profile: Profile): Promise<AppendResult> {
    const { clock } = this.#setting.context;
    const began = clock.monotonic();
    const labels = overrideLabels(sentLabels(profile.labels), this.#args.external_labels ?? new Map());
    const refused = refusedLabels(labels);
    if (refused !== undefined) return this.#refuse(refused);
    const outgoing = labels === profile.labels ? profile : { ...profile, labels };
    const results = await Promise.all(this.#endpoints.map((endpoint) => endpoint.append(outgoing)));
    const elapsed = (clock.monotonic() - began) / 1000;
    this.#setting.metrics.latency.observe({ endpoint: '-', type: 'push_total' }, elapsed);
    return results.find((result) => !result.delivered) ?? delivered;
  }

  /** No server would take it, so none is asked. */
  #refuse(problem: string): AppendResult {
    const reason = `invalid labels in profile: ${problem}`;
    this.#log.dropped(problem, 1, { err: reason, hint: 'mend the labels with pyroscope.relabel' });
    return { delivered: false, reason };
  }

  /** Lets endpoints send what they hold, in the background. */
  #stop(endpoints: Iterable<OpenEndpoint>): void {
    for (const endpoint of endpoints) {
      const stopped = this.#stopSafely(endpoint).finally(() => this.#stopping.delete(stopped));
      this.#stopping.add(stopped);
    }
  }

  async #stopSafely(endpoint: OpenEndpoint): Promise<void> {
    try {
      await endpoint.stop();
    } catch (error) {
      this.#setting.context.logger.warn({ err: error }, 'endpoint did not end well');
    }
  }
}
