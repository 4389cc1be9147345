import { type Attribute, type Block, type Body, blockName, type Range } from '@pewter/syntax';
import { fieldNames } from './assignable.ts';
import type { Problem } from './problem.ts';
import type { BodySchema, Field } from './schema.ts';
import { didYouMean, suggestion } from './suggest.ts';

/** A statement that a body does not take, or not there, or not again. */
export interface Misplaced extends Problem {
  readonly range: Range;
  /** Where the name was given the first time, when it may be given only once. */
  readonly first?: Range;
}

/** The statements of a body by name, in source order, and those that have no place in it. */
export interface SortedStatements {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
  readonly misplaced: readonly Misplaced[];
}

/** Sorts the statements of a body by what its schema says of their names; `owner` is the name of the body. */
export function sortStatements(body: Body, schema: BodySchema, owner: string): SortedStatements {
  const attributes = new Map<string, Attribute>();
  const blocks = new Map<string, Block[]>();
  const misplaced: Misplaced[] = [];
  for (const statement of body) {
    if (statement.kind === 'attribute') {
      const { name } = statement.name;
      misplaced.push(
        ...wrongAttribute(statement, attributes.get(name), fieldOf(schema, name), schema, owner),
      );
      if (!attributes.has(name)) attributes.set(name, statement);
    } else {
      const name = blockName(statement);
      const same = blocks.get(name) ?? [];
      misplaced.push(...wrongBlock(statement, same[0], fieldOf(schema, name), schema, owner));
      blocks.set(name, [...same, statement]);
    }
  }
  return { attributes, blocks, misplaced };
}

function fieldOf(schema: BodySchema, name: string): Field | undefined {
  return Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
}

function wrongAttribute(
  attribute: Attribute,
  first: Attribute | undefined,
  field: Field | undefined,
  schema: BodySchema,
  owner: string,
): Misplaced[] {
  const { name, range } = attribute.name;
  const found: Misplaced[] = [];
  if (first !== undefined) found.push(repeated('argument', name, attribute.range, first.name.range));
  if (field?.kind === 'block') found.push(mixedUp(attribute.range, name, 'block', `write \`${name} { … }\``));
  else if (field === undefined) found.push(stranger('argument', name, range, schema, owner));
  return found;
}

function wrongBlock(
  block: Block,
  first: Block | undefined,
  field: Field | undefined,
  schema: BodySchema,
  owner: string,
): Misplaced[] {
  const name = blockName(block);
  const range = headRange(block);
  if (field === undefined) return [stranger('block', name, range, schema, owner)];
  if (field.kind === 'attribute') return [mixedUp(range, name, 'attribute', `write \`${name} = …\``)];
  return first === undefined || field.repeated ? [] : [repeated('block', name, range, headRange(first))];
}

function repeated(what: string, name: string, range: Range, first: Range): Misplaced {
  const hint = what === 'block' ? 'merge the two into one' : 'remove one of them';
  return { code: 'E0404', message: `the ${what} \`${name}\` may be given only once`, hint, range, first };
}

function mixedUp(range: Range, name: string, wanted: 'block' | 'attribute', hint: string): Misplaced {
  const used = wanted === 'block' ? 'an attribute' : 'a block';
  const must = wanted === 'block' ? 'a block' : 'an attribute';
  return { code: 'E0403', message: `\`${name}\` is ${must}, but is written as ${used}`, hint, range };
}

function stranger(
  what: 'argument' | 'block',
  name: string,
  range: Range,
  schema: BodySchema,
  owner: string,
): Misplaced {
  const near = didYouMean(name, fieldNames(schema));
  const same = fieldNames(schema, what === 'block' ? 'block' : 'attribute');
  const hint = near === undefined ? suggestion(name, same, `${what}s`) : suggestion(name, [near], '');
  return { code: 'E0402', message: `\`${owner}\` has no ${what} \`${name}\``, hint, range };
}

/** The name and label of a block: what is pointed at when the block as a whole is meant. */
export function headRange(block: Block): Range {
  const last = block.label ?? block.name.at(-1);
  return { start: block.range.start, end: last?.range.end ?? block.braces.start };
}
