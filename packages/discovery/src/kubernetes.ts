import { defineComponent } from '@pewter/runtime';
import { kubernetesArguments } from './kubernetes/arguments.ts';
import { kubernetesWatch } from './kubernetes/kubernetes-watch.ts';
import { kubernetesMetrics } from './kubernetes/metrics.ts';
import { targetExports } from './target-exports.ts';
import { watchingComponent } from './watch-loop.ts';

/** `discovery.kubernetes`: objects of a cluster, watched by its API. */
export const kubernetesDiscovery = defineComponent({
  name: 'discovery.kubernetes',
  stability: 'generally-available',
  arguments: kubernetesArguments,
  exports: targetExports,
  build(context, args) {
    const metrics = kubernetesMetrics(context.metrics);
    return watchingComponent(context, args, (current) =>
      kubernetesWatch({ outside: context, args: current, metrics }),
    );
  },
});
