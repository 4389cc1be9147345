import { httpClientFields, httpClientRules, oneAuthentication } from '@pewter/http-client/schema';
import { body, bool, duration, type Infer, map, optional, string, withDefault } from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { consulFields } from './consul-arguments.ts';
import { positive } from './positive.ts';
import { targetExports } from './target-exports.ts';

const consulBody = body({
  ...httpClientFields,
  ...consulFields,
  namespace: withDefault(string, ''),
  partition: withDefault(string, ''),
  allow_stale: withDefault(bool, true),
  node_meta: optional(map(string)),
  refresh_interval: withDefault(duration, '30s'),
});

/** The decoded arguments of `discovery.consul`. */
export type ConsulArguments = Infer<typeof consulBody>;

const consulArguments = body(consulBody.fields, [
  ...httpClientRules,
  oneAuthentication,
  positive('refresh_interval'),
]) as typeof consulBody;

/** `discovery.consul`: the services of a Consul cluster, watched with blocking queries. */
export const consulDiscovery = defineComponent({
  name: 'discovery.consul',
  stability: 'generally-available',
  arguments: consulArguments,
  exports: targetExports,
  implementation: () => import('./consul-component.ts'),
});
