import {
  createHttpClient,
  httpClientFields,
  httpClientRules,
  oneAuthentication,
  userAgent,
} from '@pewter/http-client';
import {
  body,
  bool,
  duration,
  type Infer,
  map,
  optional,
  Secret,
  string,
  withDefault,
} from '@pewter/language';
import { defineComponent } from '@pewter/runtime';
import { Counter } from 'prom-client';
import { consulAddress, consulFields } from './consul-arguments.ts';
import { consulWatch } from './consul-watch.ts';
import { positive } from './positive.ts';
import { targetExports } from './target-exports.ts';
import { watchingComponent } from './watch-loop.ts';

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
  build(context, args) {
    const failures = new Counter({
      name: 'prometheus_sd_consul_rpc_failures_total',
      help: 'The number of Consul RPC call failures.',
      registers: [context.metrics],
    });
    return watchingComponent(context, args, (current) => {
      const { url, ...socket } = consulAddress(current.server, current.scheme);
      const client = createHttpClient(context, withUser(current), { userAgent, ...socket });
      return consulWatch({ clock: context.clock, client, url, args: current, failed: () => failures.inc() });
    });
  },
});

/** The reference takes `username` and `password` and never sends them; here they count where nothing else is given. */
function withUser(args: ConsulArguments): ConsulArguments {
  const { basic_auth: basic, authorization, oauth2, bearer_token: token, bearer_token_file: file } = args;
  const other = basic !== undefined || authorization !== undefined || oauth2 !== undefined;
  if (args.username === '' || other || (token?.reveal() ?? '') !== '' || file !== '') return args;
  const password = args.password ?? new Secret('');
  return { ...args, basic_auth: { username: args.username, password, password_file: '' } };
}
