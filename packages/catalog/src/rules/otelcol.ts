import { atLeastOne, atMostOne, exactlyOne, isSet, needs } from './count-rules.ts';
import type { RuleTable } from './rule-table.ts';
import { notEmpty, notNegative, oneOf, oneOfAnyCase, positive, regexp, valueRule } from './value-rules.ts';

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
const extracted = [
  atMostOne(['key', 'key_regex']),
  regexp('key_regex'),
  oneOf('from', '', 'pod', 'namespace', 'deployment', 'statefulset', 'daemonset', 'job', 'node'),
];
const workloads = ['deployment', 'replicaset', 'daemonset', 'statefulset', 'job', 'cronjob', 'node'];
const podMetadata = [
  ...['k8s.namespace.name', 'k8s.cluster.uid', 'k8s.container.name', 'container.id'],
  ...['name', 'uid', 'hostname', 'start_time', 'ip'].map((one) => `k8s.pod.${one}`),
  ...workloads.flatMap((one) => [`k8s.${one}.name`, `k8s.${one}.uid`]),
  ...['name', 'tag', 'tags', 'repo_digests'].map((one) => `container.image.${one}`),
  ...['namespace', 'name', 'version', 'instance.id'].map((one) => `service.${one}`),
];

/** Rules of `otelcol.*`, after their `Validate` in the reference. */
export const otelcolRules: RuleTable = {
  'otelcol.auth.basic': {
    '': [atLeastOne('username', 'password', 'htpasswd {}', 'client_auth {}'), needs('username', 'password')],
  },
  'otelcol.auth.headers': {
    header: [...notEmpty('key'), exactlyOne('value {}', 'from_context {}', 'from_attribute {}')],
  },
  'otelcol.auth.oauth2': {
    '': [oneOf('grant_type', '', 'client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer')],
  },
  'otelcol.connector.host_info': {
    '': [...notEmpty('host_identifiers'), ...positive('metrics_flush_interval')],
  },
  'otelcol.connector.servicegraph': {
    '': positive('cache_loop', 'store_expiration_loop'),
    store: positive('max_items', 'ttl'),
  },
  'otelcol.connector.spanmetrics': {
    '': [
      ...positive('metrics_flush_interval'),
      ...notNegative('metrics_expiration', 'series_expiration', 'aggregation_cardinality_limit'),
      oneOf('aggregation_temporality', 'CUMULATIVE', 'DELTA'),
      namedOrGlob('dimension'),
      namedOrGlob('calls_dimension'),
    ],
    histogram: [
      oneOf('unit', 'ms', 's'),
      exactlyOne('exponential {}', 'explicit {}'),
      namedOrGlob('dimension'),
    ],
    'histogram/exponential': positive('max_size'),
  },
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
  'otelcol.processor.discovery': {
    '': [
      oneOf('operation_type', 'insert', 'update', 'upsert'),
      oneOf('pod_associations', 'ip', 'net.host.ip', 'k8s.pod.ip', 'hostname', 'connection'),
    ],
  },
  'otelcol.processor.interval': { '': positive('interval') },
  'otelcol.processor.k8sattributes': {
    '': [
      oneOf('auth_type', '', 'none', 'serviceAccount', 'kubeConfig', 'tls'),
      ...notNegative('watch_sync_period', 'pod_delete_grace_period'),
    ],
    extract: [oneOf('metadata', ...podMetadata)],
    'extract/annotation': extracted,
    'extract/label': extracted,
    'filter/field': [oneOf('op', '', 'equals', 'not-equals')],
    'filter/label': [oneOf('op', '', 'equals', 'not-equals', 'exists', 'does-not-exist')],
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
      {
        reads: ['limit', 'limit_percentage', 'spike_limit_percentage'],
        check({ limit, limit_percentage: most, spike_limit_percentage: spike }) {
          if (isSet(limit) || !isSet(most)) return undefined;
          const field = [most, spike].every((one) => Number(one) > 0 && Number(one) <= 100);
          if (field) return undefined;
          return {
            message: '`limit_percentage` and `spike_limit_percentage` must both be from 1 to 100',
            hint: 'give both',
          };
        },
      },
    ],
  },
  'otelcol.processor.metric_start_time': {
    '': [
      oneOf('strategy', 'true_reset_point', 'subtract_initial_point', 'start_time_metric'),
      ...positive('gc_interval'),
    ],
  },
  'otelcol.processor.probabilistic_sampler': {
    '': [
      ...notNegative('sampling_percentage'),
      valueRule<number>('sampling_precision', (digits) =>
        digits === 0 || digits > 14
          ? { message: '`sampling_precision` must be between 1 and 14' }
          : undefined,
      ),
      oneOf('attribute_source', '', 'traceID', 'record'),
    ],
  },
  'otelcol.processor.redaction': {
    '': [
      oneOfAnyCase('hash_function', '', 'md5', 'sha1', 'sha3', 'hmac-sha256', 'hmac-sha512'),
      {
        reads: ['hash_function', 'hmac_key'],
        check: ({ hash_function: hash, hmac_key: key }) =>
          String(hash).toLowerCase().startsWith('hmac') && !isSet(key)
            ? { message: `\`${hash}\` needs a \`hmac_key\`` }
            : undefined,
      },
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
  'otelcol.processor.transform': {
    trace_statements: [oneOf('context', '', 'resource', 'scope', 'span', 'spanevent')],
    metric_statements: [oneOf('context', '', 'resource', 'scope', 'metric', 'datapoint')],
    log_statements: [oneOf('context', '', 'resource', 'scope', 'log')],
  },
  'otelcol.processor.tail_sampling': { '': positive('decision_wait', 'num_traces') },
};

/** Blocks of which each has a `name` or a `glob`; the reference does not look at those of `events` that are off. */
function namedOrGlob(field: string) {
  return valueRule<readonly Readonly<Record<string, unknown>>[]>(field, (blocks) =>
    blocks.some(({ name, glob }) => isSet(name) === isSet(glob))
      ? { message: `each \`${field}\` needs either \`name\` or \`glob\`` }
      : undefined,
  );
}
