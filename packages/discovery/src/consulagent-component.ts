import {
  createHttpClient,
  defaultHttpClientArguments,
  type HttpClient,
  userAgent,
} from '@pewter/http-client';
import { Secret } from '@pewter/language';
import type { Component, ComponentContext } from '@pewter/runtime';
import { Counter } from 'prom-client';
import { consulAddress } from './consul-arguments.ts';
import type { AgentArguments } from './consulagent.ts';
import { agentTargets } from './consulagent-targets.ts';
import { fetchJson } from './json-answer.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';
import { type Fields, items, mustBeList, mustBeObject, record, textOf } from './untrusted.ts';

/** Builds `discovery.consulagent`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: AgentArguments,
): Component<AgentArguments> {
  const failures = new Counter({
    name: 'discovery_consulagent_rpc_failures_total',
    help: 'The number of Consul Agent RPC call failures.',
    registers: [context.metrics],
  });
  return refreshingComponent('consulagent', context, args, (current) =>
    agentSource(context, current, () => failures.inc()),
  );
}

const timeoutMs = 30_000;

/** A service that can not be asked for keeps its last targets; the others get theirs. */
function agentSource(
  context: ComponentContext<TargetExports>,
  args: AgentArguments,
  failed: () => void,
): TargetSource {
  const { client, url } = connect(context, args);
  const token = args.token?.reveal() ?? '';
  const headers: Record<string, string> = token === '' ? {} : { 'x-consul-token': token };
  let known: ReadonlyMap<string, readonly Target[]> = new Map();
  const get = async <T>(path: string, signal: AbortSignal, shape: (answer: unknown) => T): Promise<T> => {
    const request = { url: `${url}/v1/agent/${path}`, headers, signal, timeouts: { total: timeoutMs } };
    try {
      return shape(await fetchJson(client, request));
    } catch (error) {
      if (!signal.aborted) failed();
      throw error;
    }
  };
  return {
    interval: args.refresh_interval,
    async refresh(signal) {
      const self = await get('self', signal, (answer) =>
        mustBeObject(answer, 'what the agent says of itself'),
      );
      const listed = (answer: unknown) => Object.values(mustBeObject(answer, 'the list of services'));
      const names = await wantedServices(args, () => get('services', signal, listed));
      const next = new Map<string, readonly Target[]>();
      let failure: Error | undefined;
      for (const name of names) {
        try {
          const path = `health/service/name/${encodeURIComponent(name)}?format=json`;
          const found = await get(path, signal, (answer) =>
            mustBeList(answer, `the answer for service \`${name}\``),
          );
          next.set(name, agentTargets(found, { name, self, ...args }));
        } catch (error) {
          failure ??= error as Error;
          next.set(name, known.get(name) ?? []);
        }
      }
      known = next;
      return { targets: [...next.values()].flat(), ...(failure && { failure }) };
    },
    close: () => client.close(),
  };
}

/** Services that are named are asked for as they are; with tags, or with none named, the agent's list decides. */
async function wantedServices(
  args: AgentArguments,
  list: () => Promise<readonly unknown[]>,
): Promise<readonly string[]> {
  const { services = [], tags = [] } = args;
  if (services.length > 0 && tags.length === 0) return services;
  const listed = (await list()).map(record);
  const fits = (service: Fields) => tags.every((tag) => items(service.Tags).includes(tag));
  const names = new Set(listed.filter(fits).map(({ Service }) => textOf(Service)));
  return [...names].filter((name) => services.length === 0 || services.includes(name));
}

/** The reference sends empty credentials where none are given; here there are none then. */
function connect(
  context: ComponentContext<TargetExports>,
  args: AgentArguments,
): { readonly client: HttpClient; readonly url: string } {
  const { url, ...socket } = consulAddress(args.server, args.scheme);
  const given = args.username !== '' || (args.password?.reveal() ?? '') !== '';
  const password = args.password ?? new Secret('');
  const basic_auth = given ? { username: args.username, password, password_file: '' } : undefined;
  const client = createHttpClient(
    context,
    { ...defaultHttpClientArguments, tls_config: args.tls_config, basic_auth },
    { userAgent, ...socket },
  );
  return { client, url };
}
