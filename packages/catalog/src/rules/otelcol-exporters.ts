import { asWarning } from '@pewter/language';
import { allOf, atLeastOne, atMostOne, isSet } from './count-rules.ts';
import type { RuleTable } from './rule-table.ts';
import { atLeast, notEmpty, notNegative, oneOf, oneOfAnyCase, shaped, valueRule } from './value-rules.ts';

const storageClasses = [
  ...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER'],
  ...['DEEP_ARCHIVE', 'OUTPOSTS', 'GLACIER_IR', 'SNOW', 'EXPRESS_ONEZONE', 'FSX_OPENZFS', 'FSX_ONTAP'],
];
const acls = [
  ...['private', 'public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read'],
  ...['bucket-owner-read', 'bucket-owner-full-control'],
];

/** Rules of `otelcol.exporter.*`, after their `Validate` in the reference. */
export const otelcolExporterRules: RuleTable = {
  'otelcol.exporter.awss3': {
    s3_uploader: [
      ...allOf('region'),
      atLeastOne('s3_bucket', 'endpoint'),
      oneOf('compression', '', 'none', 'gzip', 'zstd'),
      oneOf('storage_class', ...storageClasses),
      oneOf('acl', '', ...acls),
      oneOf('unique_key_func_name', '', 'uuidv7'),
      oneOf('retry_mode', 'nop', 'standard', 'adaptive'),
    ],
  },
  'otelcol.exporter.datadog': { api: notEmpty('api_key'), traces: notNegative('trace_buffer') },
  'otelcol.exporter.debug': { '': [oneOfAnyCase('verbosity', 'basic', 'normal', 'detailed')] },
  'otelcol.exporter.faro': { client: allOf('endpoint') },
  'otelcol.exporter.file': {
    '': [
      ...notEmpty('path'),
      oneOf('format', 'json', 'proto'),
      oneOf('compression', '', 'zstd'),
      ...notNegative('flush_interval'),
      atMostOne(['append', 'rotation {}']),
      valueRule<string>('encoding', (name) =>
        name === '' ? undefined : { message: '`encoding` is not supported yet', hint: 'leave it out' },
      ),
    ],
  },
  'otelcol.exporter.googlecloudpubsub': {
    '': [
      // A warning, so that a config with placeholders can be checked.
      asWarning(
        shaped(
          'topic',
          /^projects\/[a-z][a-z0-9-]*\/topics\//,
          'is no topic',
          'write it as `projects/PROJECT/topics/NAME`',
        ),
      ),
      oneOf('compression', '', 'gzip'),
    ],
    watermark: [oneOf('behavior', '', 'current', 'earliest')],
    ordering: [
      valueRule<boolean>(
        'enabled',
        (enabled, { from_resource_attribute: from }) =>
          enabled && !isSet(from) ? { message: '`ordering` needs `from_resource_attribute`' } : undefined,
        ['from_resource_attribute'],
      ),
    ],
  },
  'otelcol.exporter.kafka': {
    '': [
      ...allOf('brokers'),
      ...notNegative('timeout'),
      atMostOne(['partition_logs_by_resource_attributes', 'partition_logs_by_trace_id']),
    ],
    'authentication/sasl': [
      oneOf('mechanism', 'PLAIN', 'AWS_MSK_IAM_OAUTHBEARER', 'SCRAM-SHA-256', 'SCRAM-SHA-512'),
      oneOfNumbers('version', 0, 1),
      {
        reads: ['mechanism', 'username', 'password'],
        check({ mechanism, ...body }) {
          if (mechanism === 'AWS_MSK_IAM_OAUTHBEARER') return undefined;
          const field = ['username', 'password'].find((name) => !isSet(body[name]));
          return field === undefined ? undefined : { message: `\`${field}\` may not be empty`, field };
        },
      },
    ],
    producer: [
      ...notNegative('max_message_bytes'),
      atLeast('max_broker_write_bytes', 1 << 20, '1MiB'),
      oneOf('compression', 'none', 'gzip', 'snappy', 'lz4', 'zstd'),
      oneOfNumbers('required_acks', -1, 0, 1),
    ],
    'record_partitioner/sticky_key': [oneOf('hasher', 'sarama_compat', 'murmur2')],
  },
  'otelcol.exporter.loadbalancing': {
    '': [oneOf('routing_key', 'service', 'traceID', 'resource', 'metric', 'streamID')],
    resolver: [atLeastOne('static {}', 'dns {}', 'kubernetes {}', 'aws_cloud_map {}')],
    'resolver/static': notEmpty('hostnames'),
    'resolver/dns': notEmpty('hostname'),
    'resolver/kubernetes': notEmpty('service'),
    'resolver/aws_cloud_map': [
      ...notEmpty('namespace', 'service_name'),
      oneOf('health_status', 'HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL'),
    ],
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
};

function oneOfNumbers(field: string, ...numbers: readonly number[]) {
  return valueRule<number>(field, (given) =>
    numbers.includes(given)
      ? undefined
      : { message: `\`${field}\` cannot be ${given}`, hint: `one of ${numbers.join(', ')}` },
  );
}
