import { allOf, atLeastOne, atMostOne, exactlyOne, isSet, needs, together } from './count-rules.ts';
import { httpClientRules } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import {
  atLeast,
  hostAndPort,
  notEmpty,
  notNegative,
  oneOf,
  oneOfAnyCase,
  positive,
  uuid,
  valueRule,
} from './value-rules.ts';

const protocols = [
  'PrometheusProto',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
];
const defaultProtocols = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
];
const leastCacheTtl = 60_000;
const authentications = [
  'basic_auth {}',
  'authorization {}',
  'oauth2 {}',
  'bearer_token',
  'bearer_token_file',
];
const operator = { '': [oneOf('kubernetes_role', 'endpoints', 'endpointslice')] };
const namedTargets = valueRule<readonly ReadonlyMap<string, string>[]>('targets', (targets) => {
  const odd = targets.find((one) => !one.has('name') || !(one.has('address') || one.has('__address__')));
  if (odd === undefined) return undefined;
  return { message: 'each of `targets` needs a `name`, and an `address` or `__address__`' };
});
const dsnSlash = valueRule<{ reveal(): string }>('data_source_name', (dsn) =>
  dsn.reveal() === '' || dsn.reveal().includes('/')
    ? undefined
    : {
        message: 'the `/` before the name of the database is missing',
        hint: 'as in `"user:password@tcp(host:3306)/"`',
      },
);

/** Rules of `prometheus.*` and of what measures databases, after their `Validate` in the reference. */
export const prometheusRules: RuleTable = {
  'prometheus.enrich': {
    '': [
      atLeastOne('target_match_label', 'target_to_metric_match', 'metrics_match_label'),
      needs('metrics_match_label', 'target_match_label', 'target_to_metric_match'),
    ],
  },
  'prometheus.exporter.azure': {
    '': [
      ...allOf('subscriptions', 'resource_type', 'metrics'),
      atMostOne(['regions', 'resource_graph_query_filter']),
      oneOfAnyCase('metric_aggregations', 'minimum', 'maximum', 'average', 'total', 'count'),
    ],
  },
  'prometheus.exporter.blackbox': {
    '': [exactlyOne('config', 'config_file'), atMostOne(['targets', 'target {}']), namedTargets],
  },
  'prometheus.exporter.gcp': {
    '': [
      ...allOf('project_ids', 'metrics_prefixes'),
      valueRule<readonly string[]>('extra_filters', (filters) => {
        const odd = filters.find((one) => !one.includes(':'));
        if (odd === undefined) return undefined;
        return { message: `\`${odd}\` is no filter`, hint: 'write it as `METRIC_TYPE:FILTER`' };
      }),
    ],
  },
  'prometheus.exporter.kafka': {
    '': [
      ...allOf('kafka_uris'),
      valueRule<readonly string[]>(
        'kafka_uris',
        (uris, { instance }) =>
          uris.length > 1 && !isSet(instance)
            ? { message: 'with more than one of `kafka_uris`, `instance` must be given' }
            : undefined,
        ['instance'],
      ),
    ],
  },
  'prometheus.exporter.mssql': {
    '': [
      atLeast('max_open_connections', 1, '1'),
      atLeast('max_idle_connections', 1, '1'),
      ...positive('timeout'),
      ...notNegative('max_connection_lifetime'),
    ],
  },
  'prometheus.exporter.mysql': { '': [dsnSlash] },
  'prometheus.exporter.oracledb': {
    '': [
      exactlyOne('connection_string', 'database {}'),
      valueRule<readonly { readonly name: string }[]>('database', (databases) => {
        const names = databases.map(({ name }) => name);
        const twice = names.find((name, at) => names.indexOf(name) < at);
        return twice === undefined ? undefined : { message: `two of \`database\` are called \`${twice}\`` };
      }),
    ],
    database: notEmpty('name', 'connection_string'),
  },
  'prometheus.exporter.postgres': {
    '': [
      valueRule<boolean>(
        'disable_default_metrics',
        (disabled, body) => {
          if (!disabled) return undefined;
          if (!isSet(body.custom_queries_config_path)) {
            return { message: '`disable_default_metrics` needs `custom_queries_config_path`' };
          }
          const both = isSet(body.enabled_collectors);
          return both ? { message: '`disable_default_metrics` leaves no `enabled_collectors`' } : undefined;
        },
        ['custom_queries_config_path', 'enabled_collectors'],
      ),
    ],
  },
  'prometheus.exporter.redis': { '': [atMostOne(['script_path', 'script_paths'])] },
  'prometheus.exporter.snmp': {
    '': [
      atMostOne(['config', 'config_file']),
      atMostOne(['targets', 'target {}']),
      oneOf('config_merge_strategy', 'replace', 'merge'),
      namedTargets,
    ],
  },
  'prometheus.exporter.squid': { '': [...notEmpty('address'), hostAndPort('address')] },
  'prometheus.operator.podmonitors': operator,
  'prometheus.operator.probes': operator,
  'prometheus.operator.scrapeconfigs': operator,
  'prometheus.operator.servicemonitors': operator,
  'prometheus.relabel': {
    '': [
      ...notNegative('max_cache_size', 'cache_ttl'),
      exactlyOne('max_cache_size', 'cache_ttl'),
      valueRule<number>('cache_ttl', (ttl) =>
        ttl > 0 && ttl < leastCacheTtl ? { message: '`cache_ttl` must be 1m or more' } : undefined,
      ),
    ],
  },
  'prometheus.remote_write': {
    endpoint: [
      ...httpClientRules,
      atMostOne(['sigv4 {}', 'azuread {}', 'google_iam {}'], 'E0521'),
      ...['sigv4 {}', 'azuread {}', 'google_iam {}'].flatMap((own) =>
        authentications.map((other) => atMostOne([own, other], 'E0521')),
      ),
      oneOf('protobuf_message', 'prometheus.WriteRequest', 'io.prometheus.write.v2.Request'),
    ],
    sigv4: [together('access_key', 'secret_key'), needs('external_id', 'role_arn')],
    azuread: [
      oneOf('cloud', 'AzureChina', 'AzureGovernment', 'AzurePublic'),
      exactlyOne('managed_identity {}', 'workload_identity {}', 'oauth {}', 'sdk {}'),
    ],
    'azuread/managed_identity': [...notEmpty('client_id'), ...uuid('client_id')],
    'azuread/workload_identity': [...notEmpty('client_id', 'tenant_id'), ...uuid('client_id', 'tenant_id')],
    'azuread/oauth': [...notEmpty('client_id', 'client_secret', 'tenant_id'), ...uuid('client_id')],
    wal: [
      valueRule<number>('truncate_frequency', (value) =>
        value === 0 ? { message: '`truncate_frequency` may not be 0' } : undefined,
      ),
      valueRule<number>(
        'min_keepalive_time',
        (min, { max_keepalive_time: max }) =>
          min < Number(max)
            ? undefined
            : { message: '`min_keepalive_time` must be less than `max_keepalive_time`' },
        ['max_keepalive_time'],
      ),
    ],
  },
  'prometheus.scrape': {
    '': [
      valueRule<number>(
        'scrape_timeout',
        (timeout, { scrape_interval: interval }) =>
          timeout > Number(interval)
            ? {
                message: `\`scrape_timeout\` (${timeout / 1000}s) is greater than \`scrape_interval\` (${Number(interval) / 1000}s)`,
                hint: 'give a `scrape_timeout` of at most the interval',
              }
            : undefined,
        ['scrape_interval'],
      ),
      oneOf('scrape_protocols', ...protocols),
      oneOf('scrape_fallback_protocol', '', ...protocols),
      oneOf('metric_name_validation_scheme', 'utf8', 'legacy'),
      valueRule<string>(
        'metric_name_escaping_scheme',
        (escaping, { metric_name_validation_scheme: scheme }) =>
          escaping === 'allow-utf-8' && scheme !== 'utf8'
            ? { message: '`allow-utf-8` needs `metric_name_validation_scheme = "utf8"`' }
            : undefined,
        ['metric_name_validation_scheme'],
      ),
      oneOf('metric_name_escaping_scheme', '', 'allow-utf-8', 'underscores', 'dots', 'values'),
      {
        reads: ['scrape_native_histograms', 'scrape_protocols'],
        check: ({ scrape_native_histograms: native, scrape_protocols: given }, written) =>
          native === true &&
          written.has('scrape_protocols') &&
          Array.isArray(given) &&
          !given.includes('PrometheusProto') &&
          given.join() !== defaultProtocols.join()
            ? {
                message: '`scrape_native_histograms` needs `PrometheusProto` among the `scrape_protocols`',
                field: 'scrape_protocols',
              }
            : undefined,
      },
      valueRule<readonly string[]>('scrape_protocols', (given) =>
        new Set(given).size < given.length ? { message: '`scrape_protocols` names one twice' } : undefined,
      ),
      ...httpClientRules,
    ],
  },
  'database_observability.mysql': {
    '': [
      dsnSlash,
      atMostOne(['prometheus_exporter {}', 'targets']),
      ...['data_source_name', 'targets', 'cloud_provider {}'].map((name) =>
        atMostOne([name, 'database_instance {}']),
      ),
    ],
    prometheus_exporter: [dsnSlash],
    database_instance: [dsnSlash],
  },
  'database_observability.postgres': {
    '': [atMostOne(['prometheus_exporter {}', 'targets'])],
    cloud_provider: [atMostOne(['aws {}', 'azure {}', 'gcp {}'])],
  },
};
