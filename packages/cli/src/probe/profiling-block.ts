import { defaultProfiles } from '@pewter/pyroscope/targets';
import type { Probed } from './probe-targets.ts';

/** Kinds that a process measures for itself as differences, and the plain ones that they make needless. */
const betterThan: Readonly<Record<string, string>> = {
  memory: 'godeltaprof_memory',
  mutex: 'godeltaprof_mutex',
  block: 'godeltaprof_block',
};

/**
 * The `profiling_config` block that fits: every kind that some target serves is enabled, every other one is not; only
 * what differs from the defaults stands in it. Empty where the defaults fit.
 */
export function profilingBlock(probed: readonly Probed[]): string {
  const served = new Set(probed.flatMap(({ target, result }) => ('failure' in result ? [] : [target.kind])));
  const wanted = (kind: string) => served.has(kind) && !served.has(betterThan[kind] ?? '');
  const lines = Array.from(defaultProfiles, ([kind, enabled]) =>
    wanted(kind) === enabled ? [] : [`profile.${kind} {`, `\tenabled = ${wanted(kind)}`, '}', ''],
  ).flat();
  if (lines.length === 0) return '';
  const inner = lines.slice(0, -1).map((line) => (line === '' ? '' : `\t${line}`));
  return ['profiling_config {', ...inner, '}'].join('\n');
}
