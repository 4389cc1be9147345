import { atMostOne, exactlyOne, isSet } from './count-rules.ts';
import { absoluteUrl, headerRule, httpClientRules, proxyRules } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import { notEmpty, oneOf, positive, valueRule } from './value-rules.ts';

const filterValues = { filter: notEmpty('values') };
const clusterRoles = ['ecs', 'elasticache', 'msk', 'rds'];

/** Rules of the discoveries, after their `Validate` in the reference and what their building refuses. */
export const discoveryRules: RuleTable = {
  'discovery.aws': {
    '': [
      oneOf('role', 'ec2', 'ecs', 'elasticache', 'lightsail', 'msk', 'rds'),
      valueRule<string>(
        'role',
        (role, { filter, clusters }) => {
          if (isSet(filter) && !['ec2', 'rds'].includes(role))
            return { message: `role \`${role}\` takes no \`filter\`` };
          const refused = isSet(clusters) && !clusterRoles.includes(role);
          return refused ? { message: `role \`${role}\` takes no \`clusters\`` } : undefined;
        },
        ['filter', 'clusters'],
      ),
    ],
    ...filterValues,
  },
  'discovery.azure': {
    '': [
      exactlyOne('oauth {}', 'managed_identity {}', 'sdk_auth {}', 'workload_identity {}'),
      headerRule,
      ...proxyRules,
    ],
  },
  'discovery.digitalocean': {
    '': [exactlyOne('bearer_token', 'bearer_token_file'), headerRule, ...proxyRules],
  },
  'discovery.dockerswarm': {
    '': [...positive('refresh_interval'), oneOf('role', 'services', 'nodes', 'tasks'), ...httpClientRules],
  },
  'discovery.ec2': filterValues,
  'discovery.eureka': { '': [absoluteUrl('server'), ...httpClientRules] },
  'discovery.hetzner': { '': [oneOf('role', 'robot', 'hcloud'), ...httpClientRules] },
  'discovery.ionos': {
    '': [...notEmpty('datacenter_id'), ...positive('refresh_interval'), ...httpClientRules],
  },
  'discovery.kuma': {
    '': [
      ...positive('refresh_interval', 'fetch_timeout'),
      absoluteUrl('server', 'http', 'https'),
      ...httpClientRules,
    ],
  },
  'discovery.linode': { '': [...positive('refresh_interval'), ...httpClientRules] },
  'discovery.marathon': {
    '': [
      ...positive('refresh_interval'),
      ...notEmpty('servers'),
      atMostOne(['auth_token', 'auth_token_file']),
      ...['auth_token', 'auth_token_file'].flatMap((token) =>
        ['basic_auth {}', 'bearer_token', 'bearer_token_file', 'authorization {}'].map((other) =>
          atMostOne([token, other], 'E0521'),
        ),
      ),
      ...httpClientRules,
    ],
  },
  'discovery.nerve': { '': positive('timeout') },
  'discovery.nomad': { '': [...notEmpty('server'), ...httpClientRules] },
  'discovery.openstack': {
    '': [oneOf('availability', 'public', 'internal', 'admin'), oneOf('role', 'instance', 'hypervisor')],
  },
  'discovery.ovhcloud': {
    '': [
      ...notEmpty('endpoint', 'application_key', 'application_secret', 'consumer_key'),
      oneOf('service', 'dedicated_server', 'vps'),
    ],
  },
  'discovery.puppetdb': { '': [absoluteUrl('url', 'http', 'https'), ...httpClientRules] },
  'discovery.scaleway': {
    '': [
      ...notEmpty('project_id', 'access_key'),
      exactlyOne('secret_key', 'secret_key_file'),
      headerRule,
      ...proxyRules,
    ],
  },
  'discovery.serverset': {
    '': [
      ...notEmpty('servers', 'paths'),
      valueRule<readonly string[]>('paths', (paths) => {
        const odd = paths.find((path) => !path.startsWith('/'));
        return odd === undefined ? undefined : { message: `path \`${odd}\` must begin with \`/\`` };
      }),
    ],
  },
  'discovery.triton': { '': positive('refresh_interval') },
  'discovery.uyuni': { '': [headerRule, ...proxyRules] },
};
