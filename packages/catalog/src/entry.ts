import type { Json } from '@pewter/language';

/** The type of an attribute, as the data files hold it: capsule and text kinds stand by name. */
export type TypeData =
  | string
  | { readonly list: TypeData }
  | { readonly map: TypeData }
  | { readonly object: BodyData }
  | { readonly capsule: string }
  | { readonly text: string };

export interface AttributeData {
  readonly kind: 'attribute';
  readonly name: string;
  readonly type: TypeData;
  readonly required?: true;
  /** Absent where the default is the zero value of the type, or there is none. */
  readonly default?: Json;
}

export interface BlockData {
  readonly kind: 'block';
  readonly name: string;
  readonly required?: true;
  readonly repeated?: true;
  /** Where the body stands: here, or among the shared blocks under this name. */
  readonly body?: BodyData;
  readonly use?: string;
}

/** Blocks `NAME.ALTERNATIVE`, told apart by their name; without a body, those of the enclosing enum of this name. */
export interface EnumData {
  readonly kind: 'enum';
  readonly name: string;
  readonly body?: BodyData;
}

/** The block that holds this takes a label. */
export interface LabelData {
  readonly kind: 'label';
}

export type FieldData = AttributeData | BlockData | EnumData | LabelData;
export type BodyData = readonly FieldData[];

/** One component's file. */
export interface ComponentData {
  readonly arguments: BodyData;
  readonly exports: BodyData;
}

/** How settled a component is in the reference. */
export type KnownStability = 'generally-available' | 'public-preview' | 'experimental';

/** One line of the index. */
export interface IndexData {
  readonly stability?: KnownStability;
  readonly community?: true;
}
