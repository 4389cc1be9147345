import {
  componentNames,
  componentSchema,
  configBlockNames,
  configBlockSchema,
  type Kinds,
  knownComponent,
} from '@pewter/catalog';
import { discoveryComponents, relabelRulesKind, targetKind } from '@pewter/discovery';
import { type BodySchema, type CapsuleKind, secretKind } from '@pewter/language';
import { profilesReceiverKind, pyroscopeComponents } from '@pewter/pyroscope';
import {
  type ComponentDefinition,
  type ConfigBlockDefinition,
  type LoadOptions,
  registryOf,
} from '@pewter/runtime';

type Vocabulary = Pick<LoadOptions, 'registry' | 'knownComponents' | 'configBlocks'>;

/** The capsules that our components and the catalogue's share, so that both fit together in one config. */
const kinds: Kinds = {
  capsules: Object.fromEntries(
    [targetKind, relabelRulesKind, profilesReceiverKind, secretKind].map((kind) => [
      kind.name,
      kind as CapsuleKind<unknown>,
    ]),
  ),
  texts: {},
};

const runnable = [...discoveryComponents, ...pyroscopeComponents];

/** What a config may name when it is run: the components that run here. */
export const vocabulary: Vocabulary = {
  registry: registryOf(runnable),
  knownComponents: (name) => (knownComponent(name) ? {} : undefined),
  configBlocks: configBlockNames()
    .filter((name) => name !== 'logging')
    .map(configBlock),
};

/** What a config may name when it is only checked: all components of the reference too, by their types. */
export function checkedVocabulary(): Vocabulary {
  const known = componentNames().map(knownDefinition);
  return { ...vocabulary, registry: registryOf([...known, ...runnable]) };
}

/** A component that is known and does not run here. Its schema is read when a config uses it. */
function knownDefinition(name: string): ComponentDefinition {
  return {
    name,
    stability: knownComponent(name)?.stability ?? 'experimental',
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
  const schema = componentSchema(name, kinds);
  if (schema === undefined) throw new Error(`the catalogue has no component ${name}`);
  return schema;
}

function configBlock(name: string): ConfigBlockDefinition {
  return {
    name,
    stability: 'generally-available',
    get arguments(): BodySchema {
      return configBlockSchema(name, kinds) ?? { fields: {}, rules: [] };
    },
  };
}
