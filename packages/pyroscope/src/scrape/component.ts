import { httpClientFields } from '@pewter/http-client/schema';
import type { Component, ComponentContext } from '@pewter/runtime';
import { createFanout } from '../fanout.ts';
import { createReplaceableClient, type ReplaceableClient } from '../replaceable-client.ts';
import { sameArguments } from '../same-arguments.ts';
import { untilAborted } from '../until-aborted.ts';
import type { ScrapeArguments } from './arguments.ts';
import { bodyLimits } from './bodies.ts';
import { scrapeDebugInfo } from './debug-info.ts';
import { type Plan, ScrapeManager } from './manager.ts';
import { createScrapeMetrics } from './metrics.ts';
import type { Ownership } from './ownership.ts';
import { targetSettings } from './settings.ts';

/**
 * How long scrapes under way may take to finish when the component stops, milliseconds: less than the program gives its
 * components, so that what they give can still be pushed.
 */
const stopGraceMs = 3800;

/** pyroscope.scrape at work; see its definition. */
export class ScrapeComponent implements Component<ScrapeArguments> {
  readonly #manager: ScrapeManager;
  readonly #http: ReplaceableClient;
  #args: ScrapeArguments;

  constructor(context: ComponentContext<unknown>, args: ScrapeArguments, ownership: Ownership) {
    this.#args = args;
    this.#http = createReplaceableClient(context, args);
    const metrics = createScrapeMetrics(context.metrics);
    this.#manager = new ScrapeManager(
      {
        context,
        http: this.#http,
        metrics,
        receiver: createFanout(() => this.#args.forward_to, metrics, context.clock),
        ownership: { owns: (key) => !this.#args.clustering?.enabled || ownership.owns(key) },
      },
      planOf(args),
    );
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#manager.run();
    await untilAborted(signal);
    await this.#manager.stop(stopGraceMs);
    await this.#http.close();
  }

  update(args: ScrapeArguments): void {
    const before = this.#args;
    this.#args = args;
    if (!sameArguments(clientArguments(before), clientArguments(args))) this.#http.replace(args);
    this.#manager.update(planOf(args));
  }

  debugInfo() {
    return scrapeDebugInfo(this.#args.job_name, this.#manager.statuses, this.#manager.refused);
  }
}

function planOf(args: ScrapeArguments): Plan {
  return {
    targets: args.targets,
    settings: targetSettings(args),
    intervalMs: args.scrape_interval,
    timeoutMs: args.scrape_timeout,
    targetLimit: args.target_limit,
    bodies: bodyLimits(args),
  };
}

/** The arguments of the HTTP client alone. */
function clientArguments(args: ScrapeArguments): readonly unknown[] {
  return Object.keys(httpClientFields).map((name) => args[name as keyof typeof httpClientFields]);
}
