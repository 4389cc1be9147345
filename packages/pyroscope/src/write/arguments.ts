import {
  httpClientFields,
  httpClientRules,
  oneAuthentication,
  sendableHeaders,
  usableUrl,
} from '@pewter/http-client/schema';
import {
  block,
  blocks,
  body,
  bool,
  capsule,
  duration,
  type Infer,
  int,
  map,
  optional,
  type Rule,
  required,
  string,
  withDefault,
} from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';
import { badLabelCharacter } from '../labels.ts';
import { notPortable } from '../not-portable.ts';
import { profilesReceiverKind } from '../profiles-receiver.ts';
import { queueArguments, queueFilesDiffer } from './queue-arguments.ts';

/** The reference sends nothing then, and says so with each push. */
const timeForPushes: Rule = {
  reads: ['remote_timeout'],
  check({ remote_timeout: timeout }) {
    if (typeof timeout !== 'number' || timeout > 0) return undefined;
    const message = '`remote_timeout` leaves no time: nothing is ever pushed';
    const hint = 'leave it out for 10s';
    return { code: 'W0501', severity: 'warning', field: 'remote_timeout', message, hint };
  },
};

/** As in the reference the path of a push is written behind the URL, whatever that ends with. */
const bareUrl: Rule = {
  reads: ['url'],
  check({ url }) {
    if (typeof url !== 'string' || !/[?#]/.test(url)) return undefined;
    return {
      code: 'W0501',
      severity: 'warning',
      message:
        '`url` has a query or a fragment, and the path of each push comes behind it: no server finds that',
      hint: 'end it with its path; a token goes into `headers` or `authorization`',
      field: 'url',
    };
  },
};

const endpoint = body(
  {
    name: withDefault(string, ''),
    url: required(string),
    remote_timeout: withDefault(duration, '10s'),
    debug_info_upload_timeout: withDefault(duration, '2m0s'),
    headers: optional(map(string)),
    ...httpClientFields,
    min_backoff_period: withDefault(duration, '500ms'),
    max_backoff_period: withDefault(duration, '5m0s'),
    max_backoff_retries: withDefault(int, 10),
    retry_on_http_429: withDefault(bool, true),
    queue: block(queueArguments),
  },
  [
    ...httpClientRules,
    oneAuthentication,
    usableUrl('url'),
    bareUrl,
    sendableHeaders('headers'),
    timeForPushes,
    notPortable('queue'),
  ],
);

const tracing = body({
  jaeger_propagator: withDefault(bool, true),
  trace_context_propagator: withDefault(bool, true),
});

/** A server would refuse every profile with such a label; the reference finds out only there. */
const externalLabelNames: Rule = {
  reads: ['external_labels'],
  check({ external_labels: labels }) {
    if (!(labels instanceof Map)) return undefined;
    const name = [...labels.keys()].find((key) => badLabelCharacter(key) !== undefined);
    if (name === undefined) return undefined;
    const code: PyroscopeCode = 'E0515';
    const message = `external label ${JSON.stringify(name)} is not a valid label name`;
    const hint = 'use letters, digits, "_" and "." only';
    return { code, field: 'external_labels', message, hint };
  },
};

/** The arguments of pyroscope.write with the reference's defaults. */
export const writeArguments = body(
  { external_labels: optional(map(string)), endpoint: blocks(endpoint), tracing: block(tracing) },
  [externalLabelNames, queueFilesDiffer],
);

/** What pyroscope.write exports. */
export const writeExports = body({ receiver: required(capsule(profilesReceiverKind)) });

/** The decoded arguments; durations in milliseconds. */
export type WriteArguments = Infer<typeof writeArguments>;
/** One decoded `endpoint` block. */
export type EndpointArguments = Infer<typeof endpoint>;
/** The exports. */
export type WriteExports = Infer<typeof writeExports>;
