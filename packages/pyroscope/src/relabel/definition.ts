import { type ComponentDefinition, defineComponent } from '@pewter/runtime';
import { type RelabelArguments, type RelabelExports, relabelArguments, relabelExports } from './arguments.ts';

/** pyroscope.relabel: changes the labels of profiles by rules, and drops those that the rules drop. */
export const pyroscopeRelabel: ComponentDefinition = defineComponent<RelabelArguments, RelabelExports>({
  name: 'pyroscope.relabel',
  stability: 'generally-available',
  arguments: relabelArguments,
  exports: relabelExports,
  implementation: () => import('./component.ts'),
});
