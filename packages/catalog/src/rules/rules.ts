import { discoveryRules } from './discovery.ts';
import { lokiRules } from './loki.ts';
import { otelcolRules } from './otelcol.ts';
import { otelcolExporterRules } from './otelcol-exporters.ts';
import { otelcolReceiverRules } from './otelcol-receivers.ts';
import { profilingRules } from './profiling.ts';
import { prometheusRules } from './prometheus.ts';
import { remoteRules } from './remote.ts';
import type { RuleData } from './rule-data.ts';
import type { RuleTable } from './rule-table.ts';

const tables: readonly RuleTable[] = [
  discoveryRules,
  lokiRules,
  otelcolRules,
  otelcolExporterRules,
  otelcolReceiverRules,
  profilingRules,
  prometheusRules,
  remoteRules,
];

/** The rules of a component's bodies by their path. */
export function componentRules(name: string): RuleTable[string] {
  return tables.find((table) => Object.hasOwn(table, name))?.[name] ?? {};
}

/** All components that rules are known of, for checks of this package's data. */
export function ruledComponents(): readonly string[] {
  return tables.flatMap((table) => Object.keys(table));
}

/** The rules for the body at this path, as in `endpoint/queue_config`. */
export function rulesAt(table: RuleTable[string], path: string): readonly RuleData[] {
  if (path === '') return table[''] ?? [];
  return Object.entries(table).flatMap(([key, rules]) =>
    key !== '' && (path === key || path.endsWith(`/${key}`)) ? rules : [],
  );
}
