import { componentSchema } from '@pewter/catalog';
import type { BodySchema, Type } from '@pewter/language';
import type { SecretField } from '@pewter/syntax';
import { catalogKinds } from './catalog-kinds.ts';
import { vocabulary } from './components.ts';

/** Whether the schemas of components and of blocks that configure the program take a secret at a place. Only asked to show a mistake. */
export const isSecretField: SecretField = (path) => {
  for (let at = path.length - 2; at >= 0; at--) {
    const schema = schemaOf(path[at] ?? '');
    if (schema !== undefined) return holdsSecret(schema, path.slice(at + 1));
  }
  return false;
};

function schemaOf(name: string): BodySchema | undefined {
  const component = vocabulary.registry.get(name)?.arguments;
  if (component !== undefined) return component;
  if (name.includes('.')) return componentSchema(name, catalogKinds)?.arguments ?? importSchema(name);
  for (const block of vocabulary.configBlocks ?? []) if (block.name === name) return block.arguments;
  return undefined;
}

function importSchema(name: string): BodySchema | undefined {
  for (const one of vocabulary.imports ?? []) if (one.name === name) return one.arguments;
  return undefined;
}

function holdsSecret({ fields }: BodySchema, [name = '', ...rest]: readonly string[]): boolean {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return false;
  const inner = field.kind === 'block' ? field.body : objectIn(field.type);
  if (inner !== undefined) return rest.length > 0 && holdsSecret(inner, rest);
  return field.kind === 'attribute' && isSecretType(field.type);
}

function objectIn(type: Type): BodySchema | undefined {
  if (typeof type === 'string') return undefined;
  if ('object' in type) return type.object;
  return 'list' in type ? objectIn(type.list) : undefined;
}

function isSecretType(type: Type): boolean {
  if (typeof type === 'string') return type === 'secret';
  return ('list' in type && isSecretType(type.list)) || ('map' in type && isSecretType(type.map));
}
