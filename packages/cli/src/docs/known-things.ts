import { componentSchema, knownComponent } from '@pewter/catalog';
import type { BodySchema } from '@pewter/language';
import {
  argumentBlock,
  declareBlock,
  exportBlock,
  foreachBlock,
  importFile,
  importString,
  loggingBlock,
  type Stability,
} from '@pewter/runtime';
import { catalogKinds } from '../catalog-kinds.ts';
import { checkedVocabulary, vocabulary } from '../components.ts';

/** Something that stands at the top level of a config. */
export interface KnownThing {
  readonly name: string;
  readonly kind: 'component' | 'import' | 'block';
  /** Undefined for community components, which have none. */
  readonly stability: Stability | undefined;
  readonly community: boolean;
  /** Whether `pewter run` runs it. */
  readonly runs: boolean;
  /** Whether it has a label. */
  readonly labelled: boolean;
  readonly arguments: BodySchema;
  /** What Alloy takes, where `arguments` may be more; undefined elsewhere. */
  readonly reference: BodySchema | undefined;
  readonly exports: BodySchema;
}

const nothing: BodySchema = { fields: {}, rules: [] };
const moduleBlocks = [declareBlock, argumentBlock, exportBlock, foreachBlock];

/** Everything that has a page, by name. Schemas are read when they are looked at. */
export function knownThings(): ReadonlyMap<string, KnownThing> {
  const { registry, imports = [], configBlocks = [] } = checkedVocabulary({ community: true });
  const things: KnownThing[] = [...registry.values()].map((one) => ({
    name: one.name,
    kind: 'component',
    stability: knownComponent(one.name)?.community ? undefined : one.stability,
    community: knownComponent(one.name)?.community ?? false,
    runs: vocabulary.registry.has(one.name),
    labelled: true,
    get arguments() {
      return one.arguments;
    },
    get reference() {
      return vocabulary.registry.has(one.name)
        ? componentSchema(one.name, catalogKinds)?.arguments
        : undefined;
    },
    get exports() {
      return one.exports;
    },
  }));
  const about = { community: false, runs: true, reference: undefined, exports: nothing };
  for (const one of [importFile, importString, ...imports])
    things.push({
      ...about,
      name: one.name,
      kind: 'import',
      labelled: true,
      stability: one.stability,
      arguments: one.arguments,
    });
  for (const one of [loggingBlock, ...configBlocks, ...moduleBlocks]) {
    things.push({
      ...about,
      name: one.name,
      kind: 'block',
      labelled: moduleBlocks.some(({ name }) => name === one.name),
      stability: one.stability,
      arguments: one.arguments,
    });
  }
  return new Map(things.map((one) => [one.name, one]));
}
