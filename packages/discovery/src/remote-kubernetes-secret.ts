import { defineComponent } from '@pewter/runtime';
import { dataExports, objectArguments } from './remote-kubernetes/arguments.ts';

/** `remote.kubernetes.secret`: the values of a Secret, kept secret. */
export const remoteKubernetesSecret = defineComponent({
  name: 'remote.kubernetes.secret',
  stability: 'generally-available',
  arguments: objectArguments,
  exports: dataExports,
  implementation: () => import('./remote-kubernetes/secret-component.ts'),
});
