import { httpClientFields, httpClientRules, oneAuthentication } from '@pewter/http-client/schema';
import {
  blocks,
  body,
  bool,
  duration,
  type Infer,
  int,
  list,
  type Rule,
  required,
  string,
  withDefault,
} from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { positive } from './positive.ts';
import { targetExports } from './target-exports.ts';

const hostRule: Rule = {
  reads: ['host'],
  check({ host }) {
    const text = String(host);
    const hint = 'write `unix:///var/run/docker.sock`, or a URL of the scheme tcp, http or https';
    if (!/^[^:]+:\/\/./.test(text))
      return { message: '`host` is no address of a Docker daemon', hint, field: 'host' };
    if (/^(?:unix|tcp|https?):/.test(text)) return undefined;
    const message = '`host` is of a scheme that is not spoken here: no daemon can be asked';
    return { code: 'W0501', severity: 'warning', message, hint, field: 'host' };
  },
};

const dockerArguments = body(
  {
    ...httpClientFields,
    host: required(string),
    port: withDefault(int, 80),
    host_networking_host: withDefault(string, 'localhost'),
    refresh_interval: withDefault(duration, '60s'),
    match_first_network: withDefault(bool, true),
    filter: blocks(body({ name: required(string), values: required(list(string)) })),
  },
  [...httpClientRules, oneAuthentication, hostRule, positive('refresh_interval')],
);

/** The decoded arguments of `discovery.docker`. */
export type DockerArguments = Infer<typeof dockerArguments>;

/** `discovery.docker`: the containers that a Docker daemon runs. */
export const dockerDiscovery = defineComponent({
  name: 'discovery.docker',
  stability: 'generally-available',
  arguments: dockerArguments,
  exports: targetExports,
  implementation: () => import('./docker-component.ts'),
});
