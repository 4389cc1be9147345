import { createHttpClient, userAgent } from '@pewter/http-client';
import type { Outside } from '@pewter/runtime';
import { pause } from '../pause.ts';
import type { TargetFeed, TargetWatch } from '../watch-loop.ts';
import { KubernetesApi } from './api.ts';
import { type ApiAccess, apiAccess } from './api-access.ts';
import type { Wanted } from './api-error.ts';
import type { KubernetesArguments } from './arguments.ts';
import { ExecCredentials } from './exec-credentials.ts';
import type { KubernetesMetrics } from './metrics.ts';
import { Reflector } from './reflector.ts';
import type { Resource } from './resource.ts';
import type { Role } from './role.ts';
import { roles } from './roles.ts';
import { Space, watchedResources } from './space.ts';

/** What a watch works with. */
export interface KubernetesWatchOptions {
  readonly outside: Outside;
  readonly args: KubernetesArguments;
  readonly metrics: KubernetesMetrics;
}

/** Watches the objects of a role, and those that they refer to. Throws an Error where there is no way to the API server. */
export function kubernetesWatch({ outside, args, metrics }: KubernetesWatchOptions): TargetWatch {
  const access = apiAccess(args, outside);
  const client = createHttpClient(outside, access.http, { userAgent });
  const plugin = access.plugin && new ExecCredentials(access.plugin, outside);
  const api = new KubernetesApi(client, access.url, plugin);
  const role = roles.get(args.role);
  return {
    close: () => client.close(),
    async run(feed, signal) {
      const namespaces = role?.resource === 'nodes' ? [''] : chosenNamespaces(args, access);
      const problem = unusable(args, namespaces);
      if (role === undefined || problem !== undefined) {
        feed.failed(new Error(problem));
        return untilAborted(outside, signal);
      }
      const work = new Work({ outside, args, metrics }, api, role, feed);
      await Promise.all(namespaces.flatMap((namespace) => work.watch(namespace, signal)));
    },
  };
}

class Work {
  readonly #options: KubernetesWatchOptions;
  readonly #api: KubernetesApi;
  readonly #role: Role;
  readonly #feed: TargetFeed;
  readonly #spaces: Space[] = [];
  /** Lists and watches that fail now; all is well only where there are none. */
  readonly #failing = new Set<Wanted>();

  constructor(options: KubernetesWatchOptions, api: KubernetesApi, role: Role, feed: TargetFeed) {
    this.#options = options;
    this.#api = api;
    this.#role = role;
    this.#feed = feed;
  }

  /** Watches all that one namespace needs. */
  watch(namespace: string, signal: AbortSignal): readonly Promise<void>[] {
    const { node = false, namespace: named = false } = this.#options.args.attach_metadata ?? {};
    const attach = { node, namespace: named };
    const space = new Space({ role: this.#role, attach, feed: this.#feed });
    this.#spaces.push(space);
    return watchedResources(this.#role, attach).map((resource) =>
      this.#reflector(space, wanted(resource, namespace, this.#options.args)).run(signal),
    );
  }

  #reflector(space: Space, one: Wanted): Reflector {
    const { outside, metrics } = this.#options;
    const { resource } = one;
    return new Reflector({
      api: this.#api,
      clock: outside.clock,
      wanted: one,
      events: {
        changed: (key, object) => {
          const event = object === undefined ? 'delete' : space.has(resource, key) ? 'update' : 'add';
          metrics.events.inc({ role: kindOf(resource), event });
          space.changed(resource, key, object);
        },
        listed: () => {
          space.listed(resource);
          this.#tellSuccess();
        },
        succeeded: () => {
          this.#failing.delete(one);
          this.#tellSuccess();
        },
        failed: (error) => {
          metrics.failures.inc();
          this.#failing.add(one);
          this.#feed.failed(error);
        },
      },
    });
  }

  #tellSuccess(): void {
    if (this.#failing.size === 0 && this.#spaces.every(({ complete }) => complete)) this.#feed.succeeded();
  }
}

/** The role that an object of this kind counts as. */
function kindOf(resource: Resource): string {
  return [...roles].find(([, one]) => one.resource === resource)?.[0] ?? 'namespace';
}

function wanted(resource: Resource, namespace: string, args: KubernetesArguments): Wanted {
  if (resource === 'namespaces' || resource === 'nodes') {
    const only = resource === 'namespaces' && namespace !== '';
    const selector = only ? { fieldSelector: `metadata.name=${namespace}` } : selectorOf(resource, args);
    return { resource, namespace: '', selector };
  }
  return { resource, namespace, selector: selectorOf(resource, args) };
}

/** The last selector of a role counts. */
function selectorOf(resource: Resource, args: KubernetesArguments): Wanted['selector'] {
  const found = args.selectors.findLast(({ role }) => roles.get(role)?.resource === resource);
  const { label = '', field = '' } = found ?? {};
  return { ...(label !== '' && { labelSelector: label }), ...(field !== '' && { fieldSelector: field }) };
}

/** Empty text stands for all namespaces; without any, nothing can be watched. */
function chosenNamespaces(
  { namespaces }: KubernetesArguments,
  { ownNamespace }: ApiAccess,
): readonly string[] {
  const names = namespaces?.names ?? [];
  if (names.length === 0 && namespaces?.own_namespace !== true) return [''];
  return [...new Set([...names, ...(ownNamespace === undefined ? [] : [ownNamespace])])];
}

function unusable({ role }: KubernetesArguments, namespaces: readonly string[]): string | undefined {
  if (!roles.has(role)) return `\`${role}\` is no role: one of ${[...roles.keys()].join(', ')}`;
  if (namespaces.length > 0) return undefined;
  return '`own_namespace` is known only inside of a cluster, without `api_server` and `kubeconfig_file`: give `names`';
}

async function untilAborted({ clock }: Outside, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(clock, 3_600_000, signal);
}
