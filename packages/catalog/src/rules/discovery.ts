import { asWarning, type Secret } from '@pewter/language';
import { atMostOne, exactlyOne, isSet } from './count-rules.ts';
import { absoluteUrl, headerRule, httpClientRules, parsableUrl, proxyRules } from './http-client.ts';
import type { RuleTable } from './rule-table.ts';
import { notEmpty, oneOf, positive, valueRule } from './value-rules.ts';

const filterValues = { filter: notEmpty('values') };
const daemonHint = 'write it as in `unix:///var/run/docker.sock` or `tcp://host:2375`';
const clusterRoles = ['ecs', 'elasticache', 'msk', 'rds'];

/** What Scaleway gives out. Warnings, so that a config with placeholders can be checked. */
const scalewayForms = [
  valueRule<string>('access_key', (key) =>
    /^SCW[A-Z0-9]{17}$/.test(key)
      ? undefined
      : { message: '`access_key` must be `SCW` and 17 capital letters or digits' },
  ),
  valueRule<Secret>('secret_key', (key) => uuidFault('secret_key', key.reveal())),
  valueRule<string>('project_id', (id) => uuidFault('project_id', id)),
].map(asWarning);

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
    '': [
      parsableUrl('host'),
      valueRule<string>('host', (host) =>
        host.includes('://') ? undefined : { message: '`host` needs a scheme', hint: daemonHint },
      ),
      ...positive('refresh_interval'),
      oneOf('role', 'services', 'nodes', 'tasks'),
      ...httpClientRules,
    ],
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
  'discovery.nerve': { '': [...notEmpty('servers'), ...positive('timeout')] },
  'discovery.nomad': { '': [...notEmpty('server'), parsableUrl('server'), ...httpClientRules] },
  'discovery.openstack': {
    '': [
      parsableUrl('identity_endpoint'),
      oneOf('availability', 'public', 'internal', 'admin'),
      oneOf('role', 'instance', 'hypervisor'),
    ],
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
      ...scalewayForms,
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
  'discovery.uyuni': { '': [parsableUrl('server'), headerRule, ...proxyRules] },
};

/** An empty one is told of as missing. */
function uuidFault(field: string, text: string) {
  const fits = text === '' || /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
  return fits
    ? undefined
    : { message: `\`${field}\` must be a UUID`, hint: 'as the console of Scaleway shows it' };
}
