import type { BodySchema } from '@pewter/language';
import { buildBody, type Surroundings } from './build.ts';
import { componentData, configBlocks, indexData, sharedBlocks } from './data.ts';
import type { BodyData, KnownStability } from './entry.ts';
import { type Kinds, KindTable, nominalKinds } from './kinds.ts';
import { configBlockRules } from './rules/config-blocks.ts';
import { componentRules } from './rules/rules.ts';

/** A component of the reference. */
export interface KnownComponent {
  readonly name: string;
  /** Undefined for community components, which have none in the reference. */
  readonly stability: KnownStability | undefined;
  /** Loaded by the reference only with `--feature.community-components.enabled`. */
  readonly community: boolean;
}

/** What a component takes and gives. */
export interface ComponentSchema {
  readonly arguments: BodySchema;
  readonly exports: BodySchema;
}

/** A component of the reference by its dotted name; undefined: the reference has none of that name. */
export function knownComponent(name: string): KnownComponent | undefined {
  const index = indexData();
  const entry = Object.hasOwn(index, name) ? index[name] : undefined;
  return entry && { name, stability: entry.stability, community: entry.community ?? false };
}

/** The names of all components of the reference, sorted. */
export function componentNames(): readonly string[] {
  return Object.keys(indexData());
}

/**
 * The schema of a component of the reference; undefined where there is none of that name. Types, names,
 * defaults and what is required are those of the reference; of its rules beyond types, those that are known.
 *
 * @param kinds the real capsule kinds and text syntaxes; what is missing there is checked by name only.
 */
export function componentSchema(name: string, kinds: Kinds = nominalKinds): ComponentSchema | undefined {
  if (knownComponent(name) === undefined) return undefined;
  return remembered(kinds, name, (around) => {
    const data = componentData(name);
    const ruled = { ...around, rules: componentRules(name) };
    return { arguments: buildBody(data.arguments, ruled), exports: buildBody(data.exports, around) };
  });
}

/** The schema of a configuration block such as `logging`; undefined where the reference has none of that name. */
export function configBlockSchema(name: string, kinds: Kinds = nominalKinds): BodySchema | undefined {
  const all = configBlocks();
  const data = Object.hasOwn(all, name) ? all[name] : undefined;
  if (data === undefined) return undefined;
  return remembered(kinds, name, (around) => ({
    arguments: buildBody(data, { ...around, rules: configBlockRules[name] ?? {} }),
    exports: buildBody([], around),
  })).arguments;
}

/** The names of the configuration blocks, sorted. */
export function configBlockNames(): readonly string[] {
  return Object.keys(configBlocks());
}

interface Built {
  readonly around: Surroundings;
  readonly schemas: Map<string, ComponentSchema>;
}

const byKinds = new WeakMap<Kinds, Built>();

function remembered(
  kinds: Kinds,
  name: string,
  build: (around: Surroundings) => ComponentSchema,
): ComponentSchema {
  const built = byKinds.get(kinds) ?? { around: surroundings(kinds), schemas: new Map() };
  byKinds.set(kinds, built);
  const schema = built.schemas.get(name) ?? build(built.around);
  built.schemas.set(name, schema);
  return schema;
}

function surroundings(kinds: Kinds): Surroundings {
  return { kinds: new KindTable(kinds), shared: sharedBody, rules: {} };
}

function sharedBody(name: string): BodyData {
  const body = sharedBlocks()[name];
  if (body === undefined) throw new Error(`the component catalogue lacks the shared block ${name}`);
  return body;
}
