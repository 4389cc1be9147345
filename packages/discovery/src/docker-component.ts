import {
  createHttpClient,
  defaultHttpClientArguments,
  type HttpClient,
  userAgent,
} from '@pewter/http-client';
import type { Component, ComponentContext } from '@pewter/runtime';
import type { DockerArguments } from './docker.ts';
import { containerTargets } from './docker-targets.ts';
import { fetchJson } from './json-answer.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { TargetExports } from './target-exports.ts';
import { mustBeList, record } from './untrusted.ts';

/** Builds `discovery.docker`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: DockerArguments,
): Component<DockerArguments> {
  return refreshingComponent('docker', context, args, (current) => dockerSource(context, current));
}

function dockerSource(context: ComponentContext<TargetExports>, args: DockerArguments): TargetSource {
  const { client, url } = connect(context, args);
  const filters = filterQuery(args.filter);
  let version: string | undefined;
  return {
    interval: args.refresh_interval,
    async refresh(signal) {
      const timeouts = args.refresh_interval > 0 ? { total: args.refresh_interval } : {};
      if (version === undefined) {
        const { headers } = await client.request({ method: 'HEAD', url: `${url}/_ping`, signal, timeouts });
        version = String(headers['api-version'] ?? oldestVersion);
      }
      const get = (path: string) =>
        fetchJson(client, { url: `${url}/v${version}/${path}`, signal, timeouts });
      const containers = mustBeList(await get(`containers/json${filters}`), 'the list of containers');
      const networks = mustBeList(await get('networks'), 'the list of networks');
      return { targets: containerTargets(containers.map(record), networks.map(record), args) };
    },
    close: () => client.close(),
  };
}

/** What is spoken where the daemon does not say what it speaks. */
const oldestVersion = '1.24';

/** The arguments of the HTTP client hold only where the user writes a URL of its own schemes, as in the reference. */
function connect(
  context: ComponentContext<TargetExports>,
  args: DockerArguments,
): { client: HttpClient; url: string } {
  const [, scheme = '', rest = ''] = /^(\w+):\/\/(.*?)\/*$/.exec(args.host) ?? [];
  if (scheme.startsWith('http')) {
    return { client: createHttpClient(context, args, { userAgent }), url: `${scheme}://${rest}` };
  }
  if (scheme !== 'unix' && scheme !== 'tcp')
    throw new Error(`a daemon can not be asked by ${scheme}: give an address of unix, tcp, http or https`);
  const socket = scheme === 'unix' && { socketPath: rest };
  const client = createHttpClient(context, defaultHttpClientArguments, { userAgent, ...socket });
  return { client, url: scheme === 'unix' ? 'http://docker' : `http://${rest}` };
}

function filterQuery(filters: DockerArguments['filter']): string {
  if (filters.length === 0) return '';
  const wanted = new Map<string, Record<string, true>>();
  for (const { name, values } of filters) {
    const known = wanted.get(name) ?? {};
    wanted.set(name, { ...known, ...Object.fromEntries(values.map((value) => [value, true as const])) });
  }
  return `?filters=${encodeURIComponent(JSON.stringify(Object.fromEntries(wanted)))}`;
}
