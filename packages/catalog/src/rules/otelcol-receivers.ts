import { asWarning } from '@pewter/language';
import { allOf, atLeastOne, atMostOne, exactlyOne, together } from './count-rules.ts';
import { absoluteUrl } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import {
  atLeast,
  between,
  hostAndPort,
  notEmpty,
  notNegative,
  oneOf,
  positive,
  regexp,
  valueRule,
} from './value-rules.ts';

/** Where a record of several lines begins or ends; the receivers that look at this at all. */
const multiline = [
  exactlyOne('line_start_pattern', 'line_end_pattern'),
  regexp('line_start_pattern', 'warning'),
  regexp('line_end_pattern', 'warning'),
];
const minLogSize = 64 * 1024;
const filter = [exactlyOne('strict', 'regexp'), regexp('regexp')];
const rebalancing = ['range', 'roundrobin', 'sticky', 'cooperative-sticky'];
const logSize = valueRule<number>('max_log_size', (size) =>
  size === 0 || size >= minLogSize ? undefined : { message: '`max_log_size` must be 64KiB or more' },
);
/** Rules of `otelcol.receiver.*`, after their `Validate` in the reference. */
export const otelcolReceiverRules: RuleTable = {
  'otelcol.receiver.file_stats': {
    '': [...notEmpty('include'), ...positive('collection_interval').map(asWarning)],
    metrics_include: filter,
    metrics_exclude: filter,
  },
  'otelcol.receiver.awscloudwatch': {
    '': notEmpty('region'),
    logs: [
      atMostOne(['start_from', 'initial_lookback']),
      atLeast('poll_interval', 1000, '1s'),
      ...positive('max_events_per_request'),
    ],
    'logs/groups': [atMostOne(['autodiscover {}', 'named {}'])],
    'logs/groups/autodiscover': positive('limit'),
  },
  'otelcol.receiver.awss3': {
    '': [
      atLeastOne('start_time', 'end_time', 'sqs {}'),
      together('start_time', 'end_time'),
      atMostOne(['start_time', 'sqs {}']),
    ],
    s3downloader: notEmpty('s3_bucket'),
    sqs: [
      ...notEmpty('queue_url', 'region'),
      between('wait_time_seconds', 0, 20),
      between('max_number_of_messages', 1, 10),
    ],
  },
  'otelcol.receiver.cloudflare': {
    '': [hostAndPort('endpoint'), oneOf('timestamp_format', '', 'unix', 'unixnano', 'rfc3339')],
    tls: allOf('key_file', 'cert_file'),
  },
  'otelcol.receiver.datadog': { intake: [oneOf('behavior', '', 'disable', 'proxy')] },
  'otelcol.receiver.filelog': {
    '': [
      atLeast('max_concurrent_files', 1, '1'),
      ...notNegative(
        'max_batches',
        'poll_interval',
        'fingerprint_size',
        'max_log_size',
        'force_flush_period',
        'exclude_older_than',
      ),
      oneOf('compression', '', 'gzip', 'auto'),
      valueRule<boolean>(
        'delete_after_read',
        (remove, { start_at: start }) =>
          remove && start === 'end'
            ? { message: '`delete_after_read` needs `start_at = "beginning"`' }
            : undefined,
        ['start_at'],
      ),
    ],
    ordering_criteria: notNegative('top_n'),
    sort_by: [oneOf('sort_type', 'timestamp', 'numeric', 'lexicographic', 'mtime')],
    header: notEmpty('metadata_operators'),
    multiline,
  },
  'otelcol.receiver.fluentforward': { '': notEmpty('endpoint') },
  'otelcol.receiver.googlecloudpubsub': {
    '': [
      oneOf('compression', '', 'gzip'),
      valueRule<string>('subscription', (name) =>
        /projects\/[a-z][a-z0-9-]*\/subscriptions\//.test(name)
          ? undefined
          : {
              message: `\`${name}\` is no subscription`,
              hint: 'write it as `projects/PROJECT/subscriptions/NAME`',
            },
      ),
    ],
  },
  'otelcol.receiver.influxdb': { '': notEmpty('endpoint') },
  'otelcol.receiver.jaeger': {
    protocols: [atLeastOne('grpc {}', 'thrift_http {}', 'thrift_binary {}', 'thrift_compact {}')],
  },
  'otelcol.receiver.kafka': {
    '': [
      atMostOne(['group_rebalance_strategy', 'group_rebalance_strategies']),
      oneOf('group_rebalance_strategy', '', ...rebalancing),
      oneOf('group_rebalance_strategies', ...rebalancing),
    ],
  },
  'otelcol.receiver.otlp': { http: notEmpty('traces_url_path', 'logs_url_path', 'metrics_url_path') },
  'otelcol.receiver.solace': {
    '': notEmpty('queue'),
    auth: [exactlyOne('sasl_plain {}', 'sasl_xauth2 {}', 'sasl_external {}')],
    'flow_control/delayed_retry': positive('delay'),
  },
  'otelcol.receiver.syslog': {
    '': [atLeastOne('tcp {}', 'udp {}'), oneOf('on_error', 'drop', 'drop_quiet', 'send', 'send_quiet')],
    tcp: [...allOf('listen_address'), hostAndPort('listen_address'), logSize],
    udp: [...allOf('listen_address'), hostAndPort('listen_address')],
    multiline,
  },
  'otelcol.receiver.tcplog': {
    '': [hostAndPort('listen_address'), atLeast('max_log_size', minLogSize, '64KiB')],
  },
  'otelcol.receiver.vcenter': { '': [absoluteUrl('endpoint', 'http', 'https')] },
};
