import { any, type BodySchema, body, type Field, optional, required } from '@pewter/language';
import { type Block, type Body, blockName } from '@pewter/syntax';
import type { ModuleTemplate } from './definitions.ts';

const schemas = new WeakMap<Body, BodySchema>();

/** What a custom component takes: the arguments that its module declares, each of any type. */
export function argumentsOf(template: ModuleTemplate): BodySchema {
  const known = schemas.get(template.body);
  if (known !== undefined) return known;
  const blocks = template.body.filter(
    (one) => one.kind === 'block' && blockName(one) === 'argument',
  ) as Block[];
  const fields = blocks.map((one): [string, Field] => [
    one.label?.value ?? '',
    isOptional(one) ? optional(any) : required(any),
  ]);
  const schema = body(Object.fromEntries(fields));
  schemas.set(template.body, schema);
  return schema;
}

/** A schema that takes what a body gives: for a module whose text is not known. */
export function openSchema(given: Body): BodySchema {
  const names = given.flatMap((one) => (one.kind === 'attribute' ? [one.name.name] : []));
  return anyFields(names);
}

/** A schema of these names, each of any type. */
export function anyFields(names: Iterable<string>): BodySchema {
  return body(Object.fromEntries(Array.from(names, (name) => [name, optional(any)])));
}

/** Whether an argument may be left out. Only `optional = false`, or nothing, is sure to make it required. */
export function isOptional(argument: Block): boolean {
  const given = argument.body.find((one) => one.kind === 'attribute' && one.name.name === 'optional');
  if (given?.kind !== 'attribute') return false;
  return !(given.value.kind === 'literal' && given.value.text !== 'true');
}
