import { type ComponentDefinition, defineComponent } from '@pewter/runtime';
import { type EnrichArguments, type EnrichExports, enrichArguments, enrichExports } from './arguments.ts';

/** pyroscope.enrich: gives profiles the labels of the target that has the same value in a label. */
export const pyroscopeEnrich: ComponentDefinition = defineComponent<EnrichArguments, EnrichExports>({
  name: 'pyroscope.enrich',
  stability: 'experimental',
  arguments: enrichArguments,
  exports: enrichExports,
  implementation: () => import('./component.ts'),
});
