import type { Type } from '@pewter/language';

/** A type in the words of the reference's pages: `string`, `list(target)`, `map(secret)`. */
export function typeWords(type: Type): string {
  if (typeof type === 'string') return scalars[type] ?? type;
  if ('list' in type) return `list(${typeWords(type.list)})`;
  if ('map' in type) return `map(${typeWords(type.map)})`;
  if ('object' in type) return 'object';
  if ('capsule' in type) return type.capsule.name;
  return 'text' in type ? (texts[type.text.name] ?? 'string') : 'function';
}

const scalars: Readonly<Record<string, string>> = {
  optional_secret: 'secret or string',
  int: 'number',
  int32: 'number',
  int64: 'number',
  uint: 'number',
  uint32: 'number',
  uint64: 'number',
  float64: 'number',
};

const texts: Readonly<Record<string, string>> = {
  'config.URL': 'URL',
  'relabel.Regexp': 'regular expression',
  'units.Base2Bytes': 'size in bytes',
  'stages.Template': 'Go template',
};

/** The names of everything that a type is made of, for finding what takes or gives something. */
export function partsOf(type: Type): readonly string[] {
  if (typeof type === 'string') return [type, scalars[type] ?? type];
  if ('list' in type) return partsOf(type.list);
  if ('map' in type) return partsOf(type.map);
  if ('capsule' in type) return [type.capsule.name];
  if ('text' in type) return [type.text.name, texts[type.text.name] ?? 'string'];
  if (!('object' in type)) return [];
  return Object.values(type.object.fields).flatMap((field) =>
    field.kind === 'attribute' ? partsOf(field.type) : [],
  );
}

/** The name of a text kind anywhere in a type. */
export function textKindOf(type: Type): string | undefined {
  if (typeof type === 'string') return undefined;
  if ('list' in type) return textKindOf(type.list);
  if ('map' in type) return textKindOf(type.map);
  return 'text' in type ? type.text.name : undefined;
}
