import { type Label, sentLabels } from '../labels.ts';
import type { ScrapeArguments } from './arguments.ts';
import { buildAllTargets } from './build-all.ts';
import type { RefusedTarget, ScrapeTarget } from './scrape-target.ts';
import { serviceNameOf } from './service-name.ts';
import { targetSettings } from './settings.ts';
import { firstByHash } from './target-hash.ts';

/** One thing that would be scraped again and again. */
export interface ListedTarget {
  readonly url: string;
  /** The same without the seconds of a profile that is measured. */
  readonly plainUrl: string;
  /** The `host:port` that is asked. */
  readonly address: string;
  /** The name of its block: `memory`, `process_cpu`, or the label of a custom one. */
  readonly kind: string;
  /** Whether the target measures for seconds before it answers. */
  readonly measured: boolean;
  /** The labels that its profiles are sent with. */
  readonly labels: readonly Label[];
  readonly serviceName: string;
  /** The label that the service's name comes from; undefined where nothing names it. */
  readonly serviceNameFrom: string | undefined;
}

/** What the arguments of a component come to. */
export interface TargetListing {
  readonly targets: readonly ListedTarget[];
  /** Those that cannot be scraped, and why. */
  readonly refused: readonly RefusedTarget[];
}

/**
 * What would be scraped with these arguments. With `every` all kinds of profiles count as enabled and those that are
 * measured take so many seconds: what might be scraped.
 */
export function listTargets(args: ScrapeArguments, every?: { readonly seconds: number }): TargetListing {
  const own = targetSettings(args);
  const all = own.types.map((type) => ({ ...type, enabled: true }));
  const settings = every === undefined ? own : { ...own, types: all, deltaSeconds: every.seconds };
  const { targets, refused } = buildAllTargets(args.targets, settings, args.target_limit);
  return { targets: [...firstByHash(targets).values()].map(listedTarget), refused };
}

function listedTarget({ url, plainUrl, type, measured, labels, pushLabels }: ScrapeTarget): ListedTarget {
  const named = new Map(labels.map(({ name, value }) => [name, value]));
  const { name, from } = serviceNameOf(named);
  const serviceName = named.get('service_name') ?? name;
  return {
    url,
    plainUrl,
    address: named.get('__address__') ?? '',
    kind: type.block,
    measured,
    labels: sentLabels(pushLabels),
    serviceName,
    // A name that equals what would be inferred was inferred, or might as well have been.
    serviceNameFrom: serviceName === name ? from : 'service_name',
  };
}
