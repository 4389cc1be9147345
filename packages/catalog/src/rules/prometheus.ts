import { atLeastOne, atMostOne, exactlyOne, isSet, needs, together } from './count-rules.ts';
import { httpClientRules } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import { atLeast, hostAndPort, notEmpty, notNegative, oneOf, positive, valueRule } from './value-rules.ts';

const protocols = [
  'PrometheusProto',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
];
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
    '': [atLeastOne('target_match_label', 'target_to_metric_match', 'metrics_match_label')],
  },
  'prometheus.exporter.blackbox': {
    '': [exactlyOne('config', 'config_file'), atMostOne(['targets', 'target {}']), namedTargets],
  },
  'prometheus.exporter.kafka': {
    '': [
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
  'prometheus.exporter.oracledb': { '': [exactlyOne('connection_string', 'database {}')] },
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
  'prometheus.relabel': { '': [...notNegative('max_cache_size', 'cache_ttl')] },
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
      oneOf('metric_name_escaping_scheme', '', 'allow-utf-8', 'underscores', 'dots', 'values'),
      valueRule<readonly string[]>('scrape_protocols', (given) =>
        new Set(given).size < given.length ? { message: '`scrape_protocols` names one twice' } : undefined,
      ),
      ...httpClientRules,
    ],
  },
  'database_observability.mysql': {
    '': [dsnSlash, atMostOne(['prometheus_exporter {}', 'targets'])],
  },
  'database_observability.postgres': {
    '': [atMostOne(['prometheus_exporter {}', 'targets'])],
    cloud_provider: [atMostOne(['aws {}', 'azure {}', 'gcp {}'])],
  },
};
