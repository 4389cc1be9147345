import {
  componentNames,
  componentSchema,
  configBlockNames,
  configBlockSchema,
  knownComponent,
} from '@pewter/catalog';
import { discoveryComponents } from '@pewter/discovery';
import { remoteImports } from '@pewter/imports';
import type { BodySchema } from '@pewter/language';
import { pyroscopeComponents } from '@pewter/pyroscope';
import {
  type ComponentDefinition,
  type ConfigBlockDefinition,
  type LoadOptions,
  registryOf,
} from '@pewter/runtime';
import { httpBlock } from '@pewter/server/http-block';
import { catalogKinds } from './catalog-kinds.ts';

export type Vocabulary = Pick<
  LoadOptions,
  'registry' | 'knownComponents' | 'configBlocks' | 'imports' | 'unsupported'
>;

const runnable = [...discoveryComponents, ...pyroscopeComponents];

/** What a config may name when it is run: the components that run here. */
export const vocabulary: Vocabulary = {
  registry: registryOf(runnable),
  imports: remoteImports,
  knownComponents: (name) => (knownComponent(name) ? {} : undefined),
  configBlocks: [
    httpBlock,
    ...configBlockNames()
      .filter((name) => name !== 'logging' && name !== httpBlock.name)
      .map(configBlock),
  ],
};

/** What is checked besides what is generally to be had. */
export interface CheckedOptions {
  /** Community components count too, as with `--feature.community-components.enabled`. */
  readonly community?: boolean;
}

const communityOff = {
  what: 'is a community component, and these are not enabled',
  reason: 'enable them with --feature.community-components.enabled',
};

/** What a config may name when it is only checked: all components of the reference too, by their types. */
export function checkedVocabulary({ community = false }: CheckedOptions = {}): Vocabulary {
  const names = componentNames().filter((name) => community || knownComponent(name)?.community !== true);
  return {
    ...vocabulary,
    registry: registryOf([...names.map(knownDefinition), ...runnable]),
    knownComponents: (name) => (knownComponent(name) === undefined ? undefined : communityOff),
  };
}

/** How a config is run. */
export interface RunVocabularyOptions extends CheckedOptions {
  /** What is done with components that do not run here. */
  readonly unsupported: 'refuse' | 'skip';
}

/** What a config may name when it is run: all of it is checked, and what does not run here is refused or left out. */
export function runVocabulary({ unsupported, ...checked }: RunVocabularyOptions): Vocabulary {
  return { ...checkedVocabulary(checked), unsupported };
}

/** A component that is known and does not run here. Its schema is read when a config uses it. */
function knownDefinition(name: string): ComponentDefinition {
  return {
    name,
    // Community components have no stability of their own: the flag that names them is what lets them in.
    stability: knownComponent(name)?.stability ?? 'generally-available',
    onlyKnown: true,
    get arguments() {
      return schemaOf(name).arguments;
    },
    get exports() {
      return schemaOf(name).exports;
    },
    implementation: () => Promise.reject(new Error(`${name} does not run here`)),
  };
}

function schemaOf(name: string) {
  const schema = componentSchema(name, catalogKinds);
  if (schema === undefined) throw new Error(`the catalogue has no component ${name}`);
  return schema;
}

function configBlock(name: string): ConfigBlockDefinition {
  return {
    name,
    stability: 'generally-available',
    get arguments(): BodySchema {
      return configBlockSchema(name, catalogKinds) ?? { fields: {}, rules: [] };
    },
  };
}
