import { defineComponent } from '@pewter/runtime';
import { dataExports, objectArguments } from './remote-kubernetes/arguments.ts';

/** `remote.kubernetes.configmap`: the texts of a ConfigMap. */
export const remoteKubernetesConfigMap = defineComponent({
  name: 'remote.kubernetes.configmap',
  stability: 'generally-available',
  arguments: objectArguments,
  exports: dataExports,
  implementation: () => import('./remote-kubernetes/configmap-component.ts'),
});
