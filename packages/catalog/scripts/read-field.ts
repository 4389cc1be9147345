import type { FieldData, TypeData } from '../src/entry.ts';
import { scalarType } from '../src/scalar.ts';
import { defaultValue } from './default-value.ts';

/** A field as the catalogue file has it. */
export interface RawField {
  readonly kind: 'attribute' | 'block' | 'enum' | 'label';
  readonly name: string;
  readonly required?: true;
  readonly repeated?: true;
  readonly type?: RawType;
  readonly default?: string;
  readonly body?: readonly RawField[];
  readonly use?: string;
}

export interface RawBody {
  readonly body: readonly RawField[];
}

type RawType = string | { readonly [key: string]: RawType | readonly RawField[] };

/** The field in the form of the data files: defaults as values, nothing that the schemas do not use. */
export function readField(raw: RawField): FieldData {
  const flags = {
    ...(raw.required && { required: true as const }),
    ...(raw.repeated && { repeated: true as const }),
  };
  switch (raw.kind) {
    case 'label':
      return { kind: 'label' };
    case 'attribute':
      return {
        kind: 'attribute',
        name: raw.name,
        type: readType(raw.type),
        ...(raw.required && { required: true as const }),
        ...(raw.default !== undefined && { default: defaultValue(raw.default) }),
      };
    case 'block':
      return { kind: 'block', name: raw.name, ...flags, ...content(raw) };
    case 'enum':
      return { kind: 'enum', name: raw.name, ...(raw.body && { body: raw.body.map(readField) }) };
  }
}

function content(raw: RawField) {
  return raw.use === undefined ? { body: (raw.body ?? []).map(readField) } : { use: raw.use };
}

function readType(raw: RawType | undefined): TypeData {
  if (raw === undefined) throw new Error('an attribute of the catalogue has no type');
  if (typeof raw === 'string') {
    scalarType(raw);
    return raw;
  }
  const [key, inner] = Object.entries(raw)[0] ?? [];
  if (key === 'list') return { list: readType(inner as RawType) };
  if (key === 'map') return { map: readType(inner as RawType) };
  if (key === 'object') return { object: (inner as readonly RawField[]).map(readField) };
  if (key === 'capsule') return { capsule: String(inner) };
  if (key === 'text') return { text: String(inner) };
  throw new Error(`the catalogue has a type that is not known: ${JSON.stringify(raw)}`);
}
