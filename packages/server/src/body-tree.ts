import {
  type AttributeField,
  type BlockField,
  type BodySchema,
  type Field,
  goDuration,
} from '@pewter/language';
import type { DebugInfo, DebugValue } from '@pewter/runtime';
import { plainValue, type TreeValue, typedValue } from './typed-value.ts';

/** One attribute or block, in the JSON shape of the reference's web API. */
export type Statement =
  | { readonly name: string; readonly type: 'attr'; readonly value: TreeValue }
  | {
      readonly name: string;
      readonly type: 'block';
      readonly label?: string;
      readonly body: readonly Statement[];
    };

/** A decoded body as statements. What is omitted or equals its default is left out, as in the reference. */
export function bodyTree(schema: BodySchema, decoded: unknown): readonly Statement[] {
  const record = asRecord(decoded);
  return Object.entries(schema.fields).flatMap(([name, field]) => fieldTree(name, field, record[name]));
}

function fieldTree(name: string, field: Field, value: unknown): readonly Statement[] {
  if (value === undefined) return [];
  if (field.kind === 'attribute') return attributeTree(name, field, value);
  const all = field.repeated && Array.isArray(value) ? value : [value];
  return all.flatMap((one) => blockTree(name, field, one));
}

function attributeTree(name: string, field: AttributeField, decoded: unknown): readonly Statement[] {
  const value = typedValue(field.type, decoded);
  if (!field.required && isDefault(value, field)) return [];
  return [{ name, type: 'attr', value }];
}

/** True for the default and, where there is none, for the zero value. */
function isDefault(value: TreeValue, field: AttributeField): boolean {
  if (field.default === undefined) return value.value === false || value.value === '' || value.value === 0;
  if (typeof field.type === 'object' && 'text' in field.type) {
    return value.value === typedValue(field.type, field.type.text.parse(String(field.default))).value;
  }
  if (field.type === 'duration' && typeof value.value === 'string') {
    return goDuration.parse(value.value) === goDuration.parse(String(field.default));
  }
  return JSON.stringify(value.value) === JSON.stringify(field.default);
}

function blockTree(name: string, field: BlockField, decoded: unknown): readonly Statement[] {
  const body = bodyTree(field.body, decoded);
  const label = asRecord(decoded).label;
  if (field.labelled) return [{ name, type: 'block', label: String(label ?? ''), body }];
  // A block with nothing but defaults is left out unless it must be there.
  return body.length === 0 && !field.required ? [] : [{ name, type: 'block', body }];
}

/** Debug information as statements: arrays of records are blocks, everything else is an attribute. */
export function debugTree(info: DebugInfo): readonly Statement[] {
  return Object.entries(info).flatMap(([name, value]): readonly Statement[] => {
    if (!isBlocks(value)) return [{ name, type: 'attr', value: plainValue(value) }];
    return value.map((record) => ({ name, type: 'block', body: debugTree(record) }));
  });
}

function isBlocks(value: DebugValue): value is readonly DebugInfo[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => isInfo(one));
}

function isInfo(value: DebugValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
