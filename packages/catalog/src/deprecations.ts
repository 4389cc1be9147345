const noEffect = 'it has no effect any more';

/** What the reference's pages call deprecated, by component and path, with what to use instead. */
const deprecated: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'database_observability.mysql': {
    'schema_details/cache_enabled': noEffect,
    'schema_details/cache_size': noEffect,
    'schema_details/cache_ttl': noEffect,
  },
  'database_observability.postgres': {
    'schema_details/cache_enabled': noEffect,
    'schema_details/cache_size': noEffect,
    'schema_details/cache_ttl': noEffect,
    'query_samples/exclude_current_user': 'use `exclude_current_user` at the top of the component',
  },
  'discovery.consul': { username: 'use `basic_auth`', password: 'use `basic_auth`' },
  'loki.process': { 'stage.eventlogmessage': 'use `stage.windowsevent`' },
  'otelcol.auth.basic': {
    username: 'use `client_auth`, or `htpasswd` on the side of a server',
    password: 'use `client_auth`, or `htpasswd` on the side of a server',
  },
  'otelcol.connector.spanmetrics': { dimensions_cache_size: 'use `aggregation_cardinality_limit`' },
  'otelcol.exporter.kafka': {
    topic: 'use the blocks `logs`, `metrics` and `traces`',
    encoding: 'use the blocks `logs`, `metrics` and `traces`',
    resolve_canonical_bootstrap_servers_only: noEffect,
  },
  'otelcol.processor.filter': {
    logs: 'use `log_conditions`',
    metrics: 'use `metric_conditions`',
    traces: 'use `trace_conditions`',
  },
  'otelcol.receiver.kafka': {
    encoding: 'use the blocks `logs`, `metrics` and `traces`',
    group_rebalance_strategy: 'use `group_rebalance_strategies`',
    resolve_canonical_bootstrap_servers_only: noEffect,
    'authentication/plaintext': 'use `sasl`',
    'authentication/tls': 'use the block `tls`',
    'logs/topic': 'use `topics`',
    'metrics/topic': 'use `topics`',
    'traces/topic': 'use `topics`',
  },
  'prometheus.enrich': {
    target_match_label: 'use `target_to_metric_match`',
    metrics_match_label: 'use `target_to_metric_match`',
  },
  'prometheus.exporter.cloudwatch': { aws_sdk_version_v2: noEffect, debug: noEffect },
};

/** Why a field of a component should no longer be used, and what to use; undefined where nothing speaks against it. Paths are as in `authentication/tls`. */
export function deprecation(component: string, path: string): string | undefined {
  const known = Object.hasOwn(deprecated, component) ? deprecated[component] : undefined;
  return known !== undefined && Object.hasOwn(known, path) ? known[path] : undefined;
}

/** Every field that is deprecated, as component and path. */
export function deprecatedFields(): readonly (readonly [component: string, path: string])[] {
  return Object.entries(deprecated).flatMap(([component, fields]) =>
    Object.keys(fields).map((path) => [component, path] as const),
  );
}
