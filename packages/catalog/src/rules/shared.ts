import { atMostOne } from './count-rules.ts';
import { authorizationRules, basicAuthRules, httpClientRules, oauth2Rules, tlsRules } from './http-client.ts';
import { kubernetesClientRules } from './kubernetes-client.ts';
import type { RuleTable } from './rule-table.ts';
import { notNegative, oneOf, positive, valueRule } from './value-rules.ts';

/** Rules of the blocks that components share, by the name of the block in the catalogue. */
export const sharedRules: RuleTable[string] = {
  'config.BasicAuth': basicAuthRules,
  'config.Authorization': authorizationRules,
  'config.OAuth2Config': oauth2Rules,
  'config.TLSConfig': tlsRules,
  'config.HTTPClientConfig': httpClientRules,
  'kubernetes.ClientArguments': [...httpClientRules, ...kubernetesClientRules],
  'otelcol.QueueArguments': [
    valueRule<number>(
      'queue_size',
      (size, { enabled }) =>
        enabled === true && size <= 0 ? { message: '`queue_size` must be greater than zero' } : undefined,
      ['enabled'],
    ),
    valueRule<string>(
      'sizer',
      (sizer, { enabled }) =>
        enabled === true && !['requests', 'items', 'bytes'].includes(sizer)
          ? { message: `\`sizer\` cannot be \`${sizer}\``, hint: 'one of requests, items, bytes' }
          : undefined,
      ['enabled'],
    ),
  ],
  'otelcol.BatchConfig': [
    oneOf('sizer', 'items', 'bytes'),
    ...positive('flush_timeout'),
    ...notNegative('min_size', 'max_size'),
    valueRule<number>(
      'max_size',
      (max, { min_size: min }) =>
        max > 0 && max < Number(min) ? { message: '`max_size` may not be less than `min_size`' } : undefined,
      ['min_size'],
    ),
  ],
  'otelcol.RetryArguments': [
    valueRule<number>('multiplier', (value) =>
      value > 1 ? undefined : { message: '`multiplier` must be greater than 1' },
    ),
    ...notNegative('randomization_factor'),
  ],
  'mysql.CloudProvider': [atMostOne(['aws {}', 'azure {}', 'gcp {}'])],
};
