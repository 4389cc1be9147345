import { isDeepStrictEqual } from 'node:util';
import type { Target } from '@pewter/discovery';
import {
  type BuiltTargets,
  buildTargets,
  type RefusedTarget,
  type ScrapeTarget,
  type TargetSettings,
} from './scrape-target.ts';

/** Builds scrape targets, and keeps what it built of a target for as long as its settings stay. */
export class TargetBuilder {
  #settings: TargetSettings | undefined;
  #built = new WeakMap<Target, BuiltTargets>();

  /** As {@link buildAllTargets}; what was built of a target before is given back as the same objects. */
  all(discovered: readonly Target[], settings: TargetSettings, limit: number): BuiltTargets {
    if (!isDeepStrictEqual(settings, this.#settings)) this.#built = new WeakMap();
    this.#settings = settings;
    return buildAllTargets(discovered, settings, limit, (target) => this.#one(target, settings));
  }

  #one(target: Target, settings: TargetSettings): BuiltTargets {
    const known = this.#built.get(target) ?? buildTargets(target, settings);
    this.#built.set(target, known);
    return known;
  }
}

/** The scrape targets of all discovered ones. Where there are more of those than the limit allows, all are refused, as in Prometheus; 0 is no limit. */
export function buildAllTargets(
  discovered: readonly Target[],
  settings: TargetSettings,
  limit: number,
  buildOne: (target: Target) => BuiltTargets = (target) => buildTargets(target, settings),
): BuiltTargets {
  const targets: ScrapeTarget[] = [];
  const refused: RefusedTarget[] = [];
  for (const target of discovered) {
    const built = buildOne(target);
    targets.push(...built.targets);
    refused.push(...built.refused);
  }
  if (limit === 0 || discovered.length <= limit) return { targets, refused };
  const problem = `${discovered.length} targets were found, target_limit is ${limit}: none of them is scraped`;
  return {
    targets: [],
    refused: [...refused, ...targets.map(({ labels, url }) => ({ labels, url, problem }))],
  };
}
