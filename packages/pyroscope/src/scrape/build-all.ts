import type { Target } from '@pewter/discovery';
import {
  type BuiltTargets,
  buildTargets,
  type RefusedTarget,
  type ScrapeTarget,
  type TargetSettings,
} from './scrape-target.ts';

/** The scrape targets of all discovered ones. Where there are more of those than the limit allows, all are refused, as in Prometheus; 0 is no limit. */
export function buildAllTargets(
  discovered: readonly Target[],
  settings: TargetSettings,
  limit: number,
): BuiltTargets {
  const targets: ScrapeTarget[] = [];
  const refused: RefusedTarget[] = [];
  for (const target of discovered) {
    const built = buildTargets(target, settings);
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
