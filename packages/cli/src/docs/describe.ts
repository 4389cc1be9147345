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
  /** What to use instead. */
  readonly deprecated?: string;
}

/** A block, as data. One that stands inside of itself is not described again there: `blocks` is null then. */
export interface BlockDoc {
  readonly name: string;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly labelled: boolean;
  readonly deprecated?: string;
  readonly arguments: readonly AttributeDoc[];
  readonly blocks: readonly BlockDoc[] | null;
}

/** What a body takes. */
export type BodyDoc = Pick<BlockDoc, 'arguments'> & { readonly blocks: readonly BlockDoc[] };

/** A body as data; `component` and `path` are what deprecations are looked up by. */
export function describeBody(schema: BodySchema, component: string, path: readonly string[] = []): BodyDoc {
  const fields = Object.entries(schema.fields);
  return {
    arguments: fields.flatMap(([name, field]) =>
      field.kind === 'attribute' ? [attributeDoc(name, field, component, path)] : [],
    ),
    blocks: fields.flatMap(([name, field]) =>
      field.kind === 'block' ? [describeBlock(name, field, component, path)] : [],
    ),
  };
}

/** A block as data. */
export function describeBlock(
  name: string,
  field: BlockField,
  component: string,
  path: readonly string[],
): BlockDoc {
  const inside = [...path, name];
  const { required, repeated, labelled } = field;
  const about = { name, required, repeated, labelled, ...deprecated(component, inside) };
  // Stages of a `stage.match` are those around it.
  if (path.includes(name)) return { ...about, arguments: [], blocks: null };
  return { ...about, ...describeBody(field.body, component, inside) };
}

function attributeDoc(
  name: string,
  field: AttributeField,
  component: string,
  path: readonly string[],
): AttributeDoc {
  const values = wordsOf(textKindOf(field.type) ?? '');
  return {
    name,
    type: typeWords(field.type),
    required: field.required,
    default: field.default === undefined ? null : print(fromJson(field.default)),
    ...(values === undefined ? {} : { values }),
    ...deprecated(component, [...path, name]),
  };
}

function deprecated(component: string, path: readonly string[]): { readonly deprecated?: string } {
  const instead = deprecation(component, path.join('/'));
  return instead === undefined ? {} : { deprecated: instead };
}
