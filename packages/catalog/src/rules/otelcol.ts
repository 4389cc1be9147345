import { atLeastOne, exactlyOne, isSet } from './count-rules.ts';
import type { RuleTable } from './rule-table.ts';
import { notEmpty, notNegative, oneOf, positive, valueRule } from './value-rules.ts';

const keyed = {
  action: [
    valueRule<string>(
      'action',
      (action, { key, pattern }) => {
        const byPattern = ['delete', 'hash'].includes(action.toLowerCase()) && isSet(pattern);
        return isSet(key) || byPattern ? undefined : { message: `action \`${action}\` needs a \`key\`` };
      },
      ['key', 'pattern'],
    ),
  ],
};
const matching = [
  oneOf('match_type', '', 'strict', 'regexp'),
  oneOf('metric_types', 'sum', 'histogram'),
  valueRule<readonly string[]>(
    'metrics',
    (metrics, { match_type: type }) =>
      metrics.length > 0 && !isSet(type) ? { message: '`metrics` needs `match_type`' } : undefined,
    ['match_type'],
  ),
];
const detectors = [
  ...['env', 'ec2', 'ecs', 'eks', 'elasticbeanstalk', 'lambda', 'akamai', 'azure', 'aks', 'consul'],
  ...[
    'digitalocean',
    'docker',
    'gcp',
    'heroku',
    'hetzner',
    'system',
    'openshift',
    'kubernetes_node',
    'kubeadm',
  ],
  ...['dynatrace', 'nova', 'oraclecloud', 'scaleway', 'upcloud', 'vultr', 'tencent_cvm', 'alibaba_ecs'],
];

/** Says of a value that nobody wrote where it comes from. */
function byDefault(field: string, given: ReadonlySet<string>): string {
  return given.has(field) ? '' : 'its default ';
}

/** Rules of `otelcol.*`, after their `Validate` in the reference. */
export const otelcolRules: RuleTable = {
  'otelcol.auth.headers': {
    header: [...notEmpty('key'), exactlyOne('value {}', 'from_context {}', 'from_attribute {}')],
  },
  'otelcol.connector.host_info': {
    '': [...notEmpty('host_identifiers'), ...positive('metrics_flush_interval')],
  },
  'otelcol.connector.servicegraph': {
    '': positive('cache_loop', 'store_expiration_loop'),
    store: positive('max_items', 'ttl'),
  },
  'otelcol.connector.spanmetrics': {
    '': [...positive('metrics_flush_interval'), oneOf('aggregation_temporality', 'CUMULATIVE', 'DELTA')],
    histogram: [oneOf('unit', 'ms', 's'), exactlyOne('exponential {}', 'explicit {}')],
    'histogram/exponential': positive('max_size'),
  },
  'otelcol.exporter.datadog': { api: notEmpty('api_key') },
  'otelcol.exporter.loadbalancing': {
    '': [oneOf('routing_key', 'service', 'traceID', 'resource', 'metric', 'streamID')],
    'resolver/aws_cloud_map': [oneOf('health_status', 'HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL')],
  },
  'otelcol.exporter.otlphttp': {
    '': [
      oneOf('encoding', 'proto', 'json'),
      {
        reads: ['client', 'traces_endpoint', 'metrics_endpoint', 'logs_endpoint'],
        check({ client, traces_endpoint, metrics_endpoint, logs_endpoint }) {
          const { endpoint } = (client ?? {}) as { endpoint?: unknown };
          const given = [endpoint, traces_endpoint, metrics_endpoint, logs_endpoint].some(isSet);
          if (given) return undefined;
          return {
            message: 'an endpoint is missing',
            hint: 'give the `endpoint` of `client`',
            field: 'client',
          };
        },
      },
    ],
  },
  'otelcol.exporter.prometheus': {
    '': [
      valueRule<number>('gc_frequency', (value) =>
        value === 0 ? { message: '`gc_frequency` must be greater than zero' } : undefined,
      ),
    ],
  },
  'otelcol.exporter.splunkhec': { client: notEmpty('endpoint'), splunk: notEmpty('token') },
  'otelcol.extension.jaeger_remote_sampling': {
    '': [atLeastOne('grpc {}', 'http {}')],
    source: [exactlyOne('content', 'file', 'remote {}')],
  },
  'otelcol.processor.attributes': keyed,
  'otelcol.processor.batch': {
    '': [
      valueRule<number>(
        'send_batch_max_size',
        (most, { send_batch_size: size }, given) =>
          most > 0 && most < Number(size)
            ? {
                message: `\`send_batch_max_size\` (${byDefault('send_batch_max_size', given)}${most}) is less than \`send_batch_size\` (${byDefault('send_batch_size', given)}${size})`,
                hint: 'raise it, or set it to 0 for no limit',
              }
            : undefined,
        ['send_batch_size'],
      ),
    ],
  },
  'otelcol.processor.cumulativetodelta': {
    '': [...notNegative('max_staleness'), oneOf('initial_value', 'auto', 'keep', 'drop')],
    include: matching,
    exclude: matching,
  },
  'otelcol.processor.deltatocumulative': {
    '': [...positive('max_stale'), ...notNegative('max_streams')],
  },
  'otelcol.processor.discovery': { '': [oneOf('operation_type', 'insert', 'update', 'upsert')] },
  'otelcol.processor.interval': { '': positive('interval') },
  'otelcol.processor.k8sattributes': {
    '': [oneOf('auth_type', '', 'none', 'serviceAccount', 'kubeConfig', 'tls')],
  },
  'otelcol.processor.memory_limiter': {
    '': [
      ...positive('check_interval'),
      exactlyOne('limit', 'limit_percentage'),
      valueRule<number>(
        'spike_limit',
        (spike, { limit }) =>
          typeof limit === 'number' && limit > 0 && spike >= limit
            ? { message: '`spike_limit` must be less than `limit`' }
            : undefined,
        ['limit'],
      ),
    ],
  },
  'otelcol.processor.metric_start_time': {
    '': [
      oneOf('strategy', 'true_reset_point', 'subtract_initial_point', 'start_time_metric'),
      ...positive('gc_interval'),
    ],
  },
  'otelcol.processor.resourcedetection': {
    '': [...notEmpty('detectors'), oneOf('detectors', ...detectors)],
    system: [oneOf('hostname_sources', 'os', 'dns', 'cname', 'lookup')],
  },
  'otelcol.processor.span': {
    status: [
      oneOf('code', 'Ok', 'Error', 'Unset'),
      valueRule<string>(
        'description',
        (text, { code }) =>
          text !== '' && code !== 'Error'
            ? { message: 'only the status `Error` has a `description`' }
            : undefined,
        ['code'],
      ),
    ],
  },
  'otelcol.processor.tail_sampling': { '': positive('decision_wait', 'num_traces') },
};
