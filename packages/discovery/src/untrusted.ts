/** What a peer sent, read without trusting its shape: what is absent or of another type reads as empty. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object, empty where it is none. */
export function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The list, empty where it is none. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text, a number as it is written, empty where it is neither. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** The whole number as it is written, `0` where it is none or absent. */
export function numberOf(value: unknown): string {
  return textOf(value) || '0';
}

/** Names and values of an object whose values are texts. */
export function textEntries(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(record(value)).map(([name, one]) => [name, textOf(one)] as const);
}

/** The list that an answer must be; throws an Error that says what came. */
export function mustBeList(value: unknown, what: string): readonly unknown[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  throw new Error(`${what} is no list`);
}

/** The object that an answer must be; throws an Error that says what came. */
export function mustBeObject(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Error(`${what} is no object`);
}
