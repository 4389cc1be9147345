import { type AttributeField, type BodySchema, goDuration, type Json, type Type } from '@pewter/language';

/** The facts of each field by its path (`oauth2.tls_config.ca_file`), as one text: easy to compare and to read. */
export type FlatSchema = ReadonlyMap<string, string>;

/** A schema as a flat list. Whether an omitted block has defaults is left out: the catalogue does not know it. */
export function flatSchema(schema: BodySchema, path = '', depth = 0): FlatSchema {
  const facts = new Map<string, string>();
  for (const [name, field] of Object.entries(schema.fields)) {
    const at = `${path}${name}`;
    if (field.kind === 'attribute') {
      facts.set(at, attributeFacts(field));
      continue;
    }
    facts.set(at, flags('block', { ...field }, ['required', 'repeated', 'labelled']));
    if (depth < 8)
      for (const [inner, text] of flatSchema(field.body, `${at}.`, depth + 1)) facts.set(inner, text);
  }
  return facts;
}

function attributeFacts(field: AttributeField): string {
  const fallback = field.required ? '' : ` = ${JSON.stringify(defaultOf(field))}`;
  return `${flags('attribute', { ...field }, ['required'])} ${typeText(field.type)}${fallback}`;
}

function flags(kind: string, field: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  return [kind, ...names.filter((name) => field[name] === true)].join(' ');
}

/** An omitted default is the zero value of its type: the reference makes no difference, and neither does this. */
const zeros: Readonly<Record<string, Json>> = {
  bool: false,
  string: '',
  int: 0,
  uint64: 0,
  float64: 0,
  duration: 0,
  secret: '',
  optional_secret: '',
};

function defaultOf({ type, default: given }: AttributeField): Json {
  const zero = zeroOf(type);
  if (given === undefined || given === null) return zero;
  if (type === 'duration') return goDuration.parse(String(given));
  if (Array.isArray(given) && given.length === 0) return null;
  return given;
}

function zeroOf(type: Type): Json {
  if (typeof type === 'string') return zeros[type] ?? null;
  return 'text' in type ? '' : null;
}

function typeText(type: Type): string {
  if (typeof type === 'string') return type;
  if ('list' in type) return `list(${typeText(type.list)})`;
  if ('map' in type) return `map(${typeText(type.map)})`;
  if ('capsule' in type) return type.capsule.name;
  if ('text' in type) return `text(${type.text.name})`;
  if ('object' in type)
    return `object(${[...flatSchema(type.object)].map((entry) => entry.join(' ')).join(', ')})`;
  return 'function';
}
