import { createHttpClient, userAgent } from '@pewter/http-client';
import { Secret } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import { Counter } from 'prom-client';
import type { ConsulArguments } from './consul.ts';
import { consulAddress } from './consul-arguments.ts';
import { consulWatch } from './consul-watch.ts';
import type { TargetExports } from './target-exports.ts';
import { watchingComponent } from './watch-loop.ts';

/** Builds `discovery.consul`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: ConsulArguments,
): Component<ConsulArguments> {
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
}

/** The reference takes `username` and `password` and never sends them; here they count where nothing else is given. */
function withUser(args: ConsulArguments): ConsulArguments {
  const { basic_auth: basic, authorization, oauth2, bearer_token: token, bearer_token_file: file } = args;
  const other = basic !== undefined || authorization !== undefined || oauth2 !== undefined;
  if (args.username === '' || other || (token?.reveal() ?? '') !== '' || file !== '') return args;
  const password = args.password ?? new Secret('');
  return { ...args, basic_auth: { username: args.username, password, password_file: '' } };
}
