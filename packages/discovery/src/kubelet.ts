import {
  createHttpClient,
  httpClientFields,
  httpClientRules,
  oneAuthentication,
  urlKind,
  userAgent,
} from '@pewter/http-client';
import { body, duration, type Infer, list, optional, string, text, withDefault } from '@pewter/language';
import { type ComponentContext, defineComponent } from '@pewter/runtime';
import { fetchJson } from './json-answer.ts';
import { podTargets } from './pod-targets.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import { type TargetExports, targetExports } from './target-exports.ts';
import { mustBeList, mustBeObject, record, textOf } from './untrusted.ts';

const kubeletArguments = body(
  {
    ...httpClientFields,
    url: withDefault(text(urlKind), 'https://localhost:10250'),
    refresh_interval: withDefault(duration, '0s'),
    namespaces: optional(list(string)),
  },
  [...httpClientRules, oneAuthentication],
);

/** What an interval of zero stands for, which is the default. */
const defaultIntervalMs = 5_000;
const timeoutMs = 30_000;

/** `discovery.kubelet`: the pods of one node, asked of its kubelet. */
export const kubeletDiscovery = defineComponent({
  name: 'discovery.kubelet',
  stability: 'generally-available',
  arguments: kubeletArguments,
  exports: targetExports,
  build: (context, args) =>
    refreshingComponent('kubelet', context, args, (current) => kubeletSource(context, current)),
});

function kubeletSource(
  context: ComponentContext<TargetExports>,
  args: Infer<typeof kubeletArguments>,
): TargetSource {
  const client = createHttpClient(context, args, { userAgent });
  const namespaces = new Set(args.namespaces);
  const interval = args.refresh_interval > 0 ? args.refresh_interval : defaultIntervalMs;
  return {
    interval,
    async refresh(signal) {
      const answer = await fetchJson(client, {
        url: `${args.url}/pods`,
        signal,
        timeouts: { total: timeoutMs },
      });
      const pods = mustBeList(mustBeObject(answer, 'the answer').items ?? null, '`items` of the answer').map(
        record,
      );
      const wanted = pods.filter(
        ({ metadata }) => namespaces.size === 0 || namespaces.has(textOf(record(metadata).namespace)),
      );
      return { targets: wanted.flatMap((pod) => podTargets(pod)) };
    },
    close: () => client.close(),
  };
}
