import { atLeastOne, atMostOne, exactlyOne, isSet, needs } from './count-rules.ts';
import { httpClientRules } from './http-client.ts';
import type { RuleData } from './rule-data.ts';
import type { RuleTable } from './rule-table.ts';
import {
  atLeast,
  between,
  notEmpty,
  notNegative,
  oneOf,
  positive,
  regexp,
  shaped,
  valueRule,
} from './value-rules.ts';

const matcher = oneOf('match_type', '=', '!=', '=~', '!~');
const source = notEmpty('source');
const idle = atLeast('max_idle_duration', 1000, '1s');

/** The stages of a `loki.process`, after their checks in the reference's internal/component/loki/process/stages. */
const stages: Readonly<Record<string, readonly RuleData[]>> = {
  'stage.cri': positive('max_partial_lines'),
  'stage.drop': [
    {
      reads: ['source', 'expression', 'older_than', 'longer_than'],
      check: (body) =>
        ['source', 'expression', 'older_than', 'longer_than'].some((name) => isSet(body[name]))
          ? undefined
          : { message: '`stage.drop` needs `source`, `expression`, `older_than` or `longer_than`' },
    },
    atMostOne(['value', 'expression']),
    needs('value', 'source'),
    regexp('expression'),
  ],
  'stage.geoip': [
    ...notEmpty('db', 'source'),
    oneOf('db_type', '', 'asn', 'city', 'country'),
    atLeastOne('db_type', 'custom_lookups {}'),
  ],
  'stage.json': [...source, atLeastOne('expressions', 'regex'), regexp('regex')],
  'stage.label_drop': notEmpty('values'),
  'stage.label_keep': notEmpty('values'),
  'stage.labels': [oneOf('source_type', '', 'extracted', 'structured_metadata')],
  'stage.limit': [
    ...positive('rate', 'burst'),
    valueRule<string>(
      'by_label_name',
      (name, { drop }) =>
        name !== '' && drop !== true ? { message: '`by_label_name` needs `drop = true`' } : undefined,
      ['drop'],
    ),
  ],
  'stage.logfmt': [atLeastOne('mapping', 'regex'), regexp('regex')],
  'stage.luhn': [...source, regexp('skip_regex')],
  'stage.eventlogmessage': [labelName('source')],
  'stage.match': [
    ...notEmpty('selector'),
    oneOf('action', '', 'keep', 'drop'),
    {
      reads: ['action'],
      check({ action }, given) {
        const inner = [...given].find((name) => name.startsWith('stage.'));
        if (action === 'drop' && inner !== undefined)
          return { message: 'a `stage.match` that drops has no stages', field: inner };
        if (action === 'drop' || inner !== undefined) return undefined;
        return { message: 'a `stage.match` that keeps needs stages', hint: 'put them into it' };
      },
    },
  ],
  'stage.multiline': [...notEmpty('firstline'), regexp('firstline'), ...positive('max_wait_time')],
  'stage.pattern': [...notEmpty('pattern'), ...source],
  'stage.regex': [...notEmpty('expression'), ...source, regexp('expression')],
  'stage.replace': [...notEmpty('expression'), regexp('expression')],
  'stage.sampling': [between('rate', 0, 1)],
  'stage.structured_metadata_drop': notEmpty('values'),
  'stage.template': source,
  'stage.tenant': [exactlyOne('source', 'value', 'label')],
  'stage.timestamp': [...notEmpty('source', 'format'), oneOf('action_on_failure', '', 'skip', 'fudge')],
  'stage.truncate/rule': [
    ...positive('limit'),
    valueRule<readonly string[]>(
      'sources',
      (sources, { source_type: type }) =>
        type === 'line' && sources.length > 0
          ? { message: '`sources` has no meaning for `source_type = "line"`' }
          : undefined,
      ['source_type'],
    ),
  ],
  'metric.counter': [
    idle,
    oneOf('action', 'inc', 'add'),
    valueRule<boolean>(
      'match_all',
      (all, { value }) =>
        all && isSet(value)
          ? { message: '`match_all` and `value` are given, and only one may be' }
          : undefined,
      ['value'],
    ),
    valueRule<boolean>(
      'count_entry_bytes',
      (bytes, { match_all: all, action }) =>
        bytes && (all !== true || action !== 'add')
          ? { message: '`count_entry_bytes` needs `match_all = true` and `action = "add"`' }
          : undefined,
      ['match_all', 'action'],
    ),
  ],
  'metric.gauge': [idle, oneOf('action', 'set', 'inc', 'dec', 'add', 'sub')],
  'metric.histogram': [idle],
};

/** Rules of `loki.*`, after the reference. */
export const lokiRules: RuleTable = {
  'loki.process': stages,
  // The reference refuses it only when it builds the component, and converters write it.
  'loki.rules.kubernetes': {
    '': [
      ...positive('sync_interval'),
      ...notEmpty('loki_namespace_prefix', 'loki_namespace_separator'),
      ...httpClientRules,
    ],
    matcher: [matcher],
  },
  'loki.secretfilter': { '': [between('rate', 0, 1)] },
  'loki.relabel': {
    '': [
      valueRule<number>('max_cache_size', (size) =>
        size > 0 ? undefined : { message: '`max_cache_size` must be greater than zero' },
      ),
    ],
  },
  'loki.source.azure_event_hubs': { '': [oneOf('assignor', 'sticky', 'roundrobin', 'range')] },
  'loki.source.cloudflare': { '': notNegative('pull_range') },
  'loki.source.docker': {
    '': [
      ...positive('refresh_interval'),
      shaped(
        'host',
        /:\/\/./,
        'is no address of a Docker daemon',
        'as in `unix:///var/run/docker.sock` or `tcp://host:2375`',
      ),
    ],
  },
  'loki.source.file': { file_match: positive('sync_period') },
  'loki.source.gcplog': {
    '': [exactlyOne('pull {}', 'push {}')],
    push: notNegative('push_timeout'),
  },
  'loki.source.gelf': {
    '': [
      shaped(
        'listen_address',
        /^[^:]*:\w+$|^\[.*\]:\w+$/,
        'must be an address with a port',
        'as in `0.0.0.0:12201`',
      ),
    ],
  },
  'loki.source.kafka': { '': notEmpty('brokers', 'topics') },
  'loki.source.kubernetes_events': {
    '': [...notEmpty('job_name'), oneOf('log_format', 'logfmt', 'json')],
  },
  'loki.source.syslog': {
    listener: [
      oneOf('protocol', 'tcp', 'udp'),
      onlyFor('rfc3164_cisco_components', 'rfc3164'),
      onlyFor('rfc5424_allow_empty_msg', 'rfc5424'),
      onlyFor('raw_format_options', 'raw'),
      onlyFor('use_rfc5424_message', 'rfc3164', 'rfc5424'),
      onlyFor('rfc3164_default_to_current_year', 'rfc3164', 'rfc5424'),
      onlyFor('use_incoming_timestamp', 'rfc3164', 'rfc5424'),
    ],
  },
  'loki.write': {
    '': [
      atLeastOne('endpoint {}'),
      valueRule<readonly { readonly name?: string }[]>('endpoint', (endpoints) => {
        const names = endpoints.map(({ name = '' }) => name).filter((name) => name !== '');
        const twice = names.find((name, at) => names.indexOf(name) < at);
        return twice === undefined ? undefined : { message: `two of \`endpoint\` are called \`${twice}\`` };
      }),
    ],
    endpoint: httpClientRules,
    wal: [
      valueRule<number>(
        'min_read_frequency',
        (min, { max_read_frequency: max }) =>
          min < Number(max)
            ? undefined
            : { message: '`min_read_frequency` must be less than `max_read_frequency`' },
        ['max_read_frequency'],
      ),
    ],
  },
  'mimir.alerts.kubernetes': { '': httpClientRules },
  'mimir.rules.kubernetes': {
    '': [
      ...positive('sync_interval'),
      ...notEmpty('mimir_namespace_prefix', 'mimir_namespace_separator'),
      ...httpClientRules,
    ],
    matcher: [matcher, exactlyOne('value', 'value_from_label')],
  },
};

/** A name of a label as Prometheus had them before UTF-8 names. */
function labelName(field: string) {
  return valueRule<string>(field, (name) =>
    /^[a-z_]\w*$/i.test(name) ? undefined : { message: `\`${name}\` is no name of a label` },
  );
}

function onlyFor(field: string, ...formats: readonly string[]) {
  return valueRule(
    field,
    (value, { syslog_format: format }) =>
      isSet(value) && !formats.includes(String(format))
        ? { message: `\`${field}\` has no meaning for \`syslog_format = "${format}"\`` }
        : undefined,
    ['syslog_format'],
  );
}
