import { deprecation, wordsOf } from '@pewter/catalog';
import { type AttributeField, type BlockField, type BodySchema, fromJson, print } from '@pewter/language';
import { textKindOf, typeWords } from './type-words.ts';

/** An argument or export, as data. */
export interface AttributeDoc {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** As an expression of the language; null where there is none. */
  readonly default: string | null;
  /** The only values that are accepted, where they are few. */
  readonly values?: readonly string[];
  /** What it is for, where Alloy does not have it. */
  readonly meaning?: string;
  /** What to use instead. */
  readonly deprecated?: string;
  /** Alloy does not have it. */
  readonly pewterOnly?: true;
}

/** An export, as data. */
export type ExportDoc = Pick<AttributeDoc, 'name' | 'type' | 'deprecated'>;

/** A block, as data. One that stands inside of itself is not described again there: `blocks` is null then. */
export interface BlockDoc {
  readonly name: string;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly labelled: boolean;
  readonly deprecated?: string;
  /** Alloy does not have it. */
  readonly pewterOnly?: true;
  readonly arguments: readonly AttributeDoc[];
  readonly blocks: readonly BlockDoc[] | null;
}

/** What a body takes. */
export type BodyDoc = Pick<BlockDoc, 'arguments'> & { readonly blocks: readonly BlockDoc[] };

/** Where a body is: in which component, in which blocks of it. */
export interface Place {
  readonly component: string;
  readonly path: readonly string[];
  /** What Alloy takes there; undefined where that is not known to differ. */
  readonly reference: BodySchema | undefined;
}

/** The place inside of a block. */
export function placeInside({ component, path, reference }: Place, name: string): Place {
  const block = reference?.fields[name];
  return { component, path: [...path, name], reference: block?.kind === 'block' ? block.body : undefined };
}

/** A body as data. */
export function describeBody(schema: BodySchema, place: Place): BodyDoc {
  const fields = Object.entries(schema.fields);
  return {
    arguments: fields.flatMap(([name, field]) =>
      field.kind === 'attribute' ? [attributeDoc(name, field, place)] : [],
    ),
    blocks: fields.flatMap(([name, field]) =>
      field.kind === 'block' ? [describeBlock(name, field, place)] : [],
    ),
  };
}

/** The exports of a component as data. */
export function describeExports(schema: BodySchema, component: string): readonly ExportDoc[] {
  const { arguments: fields } = describeBody(schema, { component, path: [], reference: undefined });
  return fields.map(({ required, default: _, ...rest }) => rest);
}

/** A block as data. */
export function describeBlock(name: string, field: BlockField, place: Place): BlockDoc {
  const { required, repeated, labelled } = field;
  const about = { name, required, repeated, labelled, ...marks(name, place) };
  // Stages of a `stage.match` are those around it.
  if (place.path.includes(name)) return { ...about, arguments: [], blocks: null };
  return { ...about, ...describeBody(field.body, placeInside(place, name)) };
}

function attributeDoc(name: string, field: AttributeField, place: Place): AttributeDoc {
  const values = field.words ?? wordsOf(textKindOf(field.type) ?? '');
  return {
    name,
    type: typeWords(field.type),
    required: field.required,
    default: field.default === undefined ? null : print(fromJson(field.default)),
    ...(values === undefined ? {} : { values }),
    ...(field.meaning === undefined ? {} : { meaning: field.meaning }),
    ...marks(name, place),
  };
}

function marks(
  name: string,
  { component, path, reference }: Place,
): { readonly deprecated?: string; readonly pewterOnly?: true } {
  const instead = deprecation(component, [...path, name].join('/'));
  const own = reference !== undefined && !Object.hasOwn(reference.fields, name);
  return { ...(instead === undefined ? {} : { deprecated: instead }), ...(own ? { pewterOnly: true } : {}) };
}
