import { createHttpClient, userAgent } from '@pewter/http-client';
import type { Component, ComponentContext } from '@pewter/runtime';
import { fetchJson } from './json-answer.ts';
import type { KubeletArguments } from './kubelet.ts';
import { podTargets } from './pod-targets.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { TargetExports } from './target-exports.ts';
import { mustBeList, mustBeObject, record, textOf } from './untrusted.ts';

/** Builds `discovery.kubelet`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: KubeletArguments,
): Component<KubeletArguments> {
  return refreshingComponent('kubelet', context, args, (current) => kubeletSource(context, current));
}

/** What an interval of zero stands for, which is the default. */
const defaultIntervalMs = 5_000;
const timeoutMs = 30_000;

function kubeletSource(context: ComponentContext<TargetExports>, args: KubeletArguments): TargetSource {
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
