import { asWarning } from '@pewter/language';
import { atLeastOne, atMostOne, exactlyOne } from './count-rules.ts';
import { absoluteUrl } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import {
  atLeast,
  hostAndPort,
  notEmpty,
  notNegative,
  oneOf,
  positive,
  regexp,
  valueRule,
} from './value-rules.ts';

const minLogSize = 64 * 1024;
const filter = [exactlyOne('strict', 'regexp'), regexp('regexp')];
const rebalancing = ['range', 'roundrobin', 'sticky', 'cooperative-sticky'];
/** Rules of `otelcol.receiver.*`, after their `Validate` in the reference. */
export const otelcolReceiverRules: RuleTable = {
  'otelcol.receiver.file_stats': {
    '': [...notEmpty('include'), ...positive('collection_interval').map(asWarning)],
    metrics_include: filter,
    metrics_exclude: filter,
  },
  'otelcol.receiver.filelog': {
    '': [
      atLeast('max_concurrent_files', 1, '1'),
      ...notNegative(
        'max_batches',
        'poll_interval',
        'fingerprint_size',
        'max_log_size',
        'force_flush_period',
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
    sort_by: [oneOf('sort_type', 'timestamp', 'numeric', 'lexicographic', 'mtime')],
    header: notEmpty('metadata_operators'),
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
    tcp: [hostAndPort('listen_address')],
    udp: [hostAndPort('listen_address')],
  },
  'otelcol.receiver.tcplog': {
    '': [hostAndPort('listen_address'), atLeast('max_log_size', minLogSize, '64KiB')],
  },
  'otelcol.receiver.vcenter': { '': [absoluteUrl('endpoint', 'http', 'https')] },
};
