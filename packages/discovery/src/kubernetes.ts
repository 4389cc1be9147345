import { defineComponent } from '@pewter/runtime';
import { kubernetesArguments } from './kubernetes/arguments.ts';
import { targetExports } from './target-exports.ts';

/** `discovery.kubernetes`: objects of a cluster, watched by its API. */
export const kubernetesDiscovery = defineComponent({
  name: 'discovery.kubernetes',
  stability: 'generally-available',
  arguments: kubernetesArguments,
  exports: targetExports,
  implementation: () => import('./kubernetes/component.ts'),
});
