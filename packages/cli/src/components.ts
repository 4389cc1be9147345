import { knownComponent } from '@pewter/catalog';
import { discoveryComponents } from '@pewter/discovery';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { type LoadOptions, registryOf } from '@pewter/runtime';

/** What configs may name: the components that run here, and those that only the reference runs. */
export const vocabulary: Pick<LoadOptions, 'registry' | 'knownComponents'> = {
  registry: registryOf([...discoveryComponents, ...pyroscopeComponents]),
  knownComponents: (name) => (knownComponent(name) ? {} : undefined),
};
