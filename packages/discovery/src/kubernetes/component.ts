import type { Component, ComponentContext } from '@pewter/runtime';
import type { TargetExports } from '../target-exports.ts';
import { watchingComponent } from '../watch-loop.ts';
import type { KubernetesArguments } from './arguments.ts';
import { kubernetesWatch } from './kubernetes-watch.ts';
import { kubernetesMetrics } from './metrics.ts';

/** Builds `discovery.kubernetes`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: KubernetesArguments,
): Component<KubernetesArguments> {
  const metrics = kubernetesMetrics(context.metrics);
  return watchingComponent(context, args, (current) =>
    kubernetesWatch({ outside: context, args: current, metrics }),
  );
}
