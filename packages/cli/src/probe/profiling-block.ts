import { defaultProfiles } from '@pewter/pyroscope/targets';
import type { Probed, ProbedScrape } from './probe-targets.ts';

/** Kinds that a process measures for itself as differences, and the plain ones that they make needless. */
const betterThan: Readonly<Record<string, string>> = {
  memory: 'godeltaprof_memory',
  mutex: 'godeltaprof_mutex',
  block: 'godeltaprof_block',
};

/**
 * The `profiling_config` block that fits: every kind that some target serves is enabled, every other one is not, nor is
 * one that takes longer than a short interval has; only what differs from the defaults stands in it. Empty where the
 * defaults fit.
 */
export function profilingBlock({ probed, hurried }: Pick<ProbedScrape, 'probed' | 'hurried'>): string {
  const fits = ({ target, result }: Probed) => !('failure' in result || (hurried && target.measured));
  const served = new Set(probed.filter(fits).map(({ target }) => target.kind));
  const wanted = (kind: string) => served.has(kind) && !served.has(betterThan[kind] ?? '');
  const lines = Array.from(defaultProfiles, ([kind, enabled]) =>
    wanted(kind) === enabled ? [] : [`profile.${kind} {`, `\tenabled = ${wanted(kind)}`, '}', ''],
  ).flat();
  if (lines.length === 0) return '';
  const inner = lines.slice(0, -1).map((line) => (line === '' ? '' : `\t${line}`));
  return ['profiling_config {', ...inner, '}'].join('\n');
}
