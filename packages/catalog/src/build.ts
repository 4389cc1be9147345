import type { AttributeField, BlockField, BodySchema, Field, Rule, Type } from '@pewter/language';
import type { AttributeData, BlockData, BodyData, EnumData, TypeData } from './entry.ts';
import type { KindTable } from './kinds.ts';
import { bodyRules } from './rules/body-rules.ts';
import type { RuleTable } from './rules/rule-table.ts';
import { rulesAt } from './rules/rules.ts';
import { sharedRules } from './rules/shared.ts';
import { scalarType } from './scalar.ts';

/** What building a schema looks things up in. */
export interface Surroundings {
  readonly kinds: KindTable;
  /** The body of a shared block. */
  shared(name: string): BodyData;
  /** The rules of the component's bodies. */
  readonly rules: RuleTable[string];
}

/** Where a body stands in its component, and the name of the shared block that it is, if any. */
interface BodyPlace {
  readonly path: string;
  readonly use?: string | undefined;
}

const top: BodyPlace = { path: '' };

/** Bodies of enums around a place, by name: what a recursive one stands for. */
type Enclosing = ReadonlyMap<string, BodyData>;

/**
 * The schema of a body. Its fields are built when first read: a component of hundreds of fields costs only
 * what is looked at, and a body that contains itself has an end.
 */
export function buildBody(
  data: BodyData,
  around: Surroundings,
  enclosing: Enclosing = new Map(),
  place: BodyPlace = top,
): BodySchema {
  let built: Readonly<Record<string, Field>> | undefined;
  let rules: readonly Rule[] | undefined;
  return {
    get fields() {
      built ??= Object.fromEntries(
        data.flatMap((field) => namedFields(field, around, enclosing, place.path)),
      );
      return built;
    },
    get rules() {
      const own = rulesAt(around.rules, place.path);
      const shared = place.use === undefined ? [] : (sharedRules[place.use] ?? []);
      rules ??= bodyRules([...own, ...shared], around.kinds);
      return rules;
    },
  };
}

function namedFields(
  data: BodyData[number],
  around: Surroundings,
  enclosing: Enclosing,
  path: string,
): (readonly [string, Field])[] {
  switch (data.kind) {
    case 'attribute':
      return [[data.name, buildAttribute(data, around)]];
    case 'block':
      return [[data.name, buildBlock(data, around, enclosing, join(path, data.name))]];
    case 'enum':
      return buildEnum(data, around, enclosing, path);
    case 'label':
      return [];
  }
}

function buildAttribute(data: AttributeData, around: Surroundings): AttributeField {
  return {
    kind: 'attribute',
    type: buildType(data.type, around),
    required: data.required ?? false,
    ...(data.default === undefined ? {} : { default: data.default }),
  };
}

function buildBlock(data: BlockData, around: Surroundings, enclosing: Enclosing, path: string): BlockField {
  const ready = data.use === undefined ? undefined : around.kinds.bodies[data.use];
  const content = data.use === undefined ? (data.body ?? []) : around.shared(data.use);
  return {
    kind: 'block',
    body: ready ?? buildBody(content, around, enclosing, { path, use: data.use }),
    required: data.required ?? false,
    repeated: data.repeated ?? false,
    labelled: content.some((field) => field.kind === 'label'),
    defaulted: false,
  };
}

function buildEnum(
  data: EnumData,
  around: Surroundings,
  enclosing: Enclosing,
  path: string,
): (readonly [string, Field])[] {
  const alternatives = data.body ?? enclosing.get(data.name) ?? [];
  const inside = new Map([...enclosing, [data.name, alternatives]]);
  return alternatives.flatMap((alternative) => {
    if (alternative.kind !== 'block') return [];
    const name = `${data.name}.${alternative.name}`;
    const field = buildBlock(alternative, around, inside, join(path, name));
    return [[name, { ...field, repeated: true }] as const];
  });
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function buildType(data: TypeData, around: Surroundings): Type {
  if (typeof data === 'string') return scalarType(data);
  if ('list' in data) return { list: buildType(data.list, around) };
  if ('map' in data) return { map: buildType(data.map, around) };
  if ('object' in data) return { object: buildBody(data.object, around) };
  if ('capsule' in data) return { capsule: around.kinds.capsule(data.capsule) };
  return { text: around.kinds.text(data.text) };
}
