import { type ComponentDefinition, defineComponent } from '@pewter/runtime';
import { type WriteArguments, type WriteExports, writeArguments, writeExports } from './arguments.ts';
import type { Random } from './backoff.ts';

/** pyroscope.write: pushes profiles to servers. */
export const pyroscopeWrite: ComponentDefinition = defineWrite(Math.random);

/** The component with a source of random numbers for its back-off. */
export function defineWrite(random: Random): ComponentDefinition {
  return defineComponent<WriteArguments, WriteExports>({
    name: 'pyroscope.write',
    stability: 'generally-available',
    arguments: writeArguments,
    exports: writeExports,
    implementation: async () => {
      const { WriteComponent } = await import('./component.ts');
      return { build: (context, args) => new WriteComponent(context, args, random) };
    },
  });
}
