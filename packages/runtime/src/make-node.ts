import { body } from '@pewter/language';
import { type Block, blockName, type Diagnostic, type SourceFile, type Statement } from '@pewter/syntax';
import type { ComponentDefinition } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';
import type { ImportDefinition } from './import-definition.ts';
import { argumentBlock, declareBlock, exportBlock, foreachArguments, foreachBlock } from './module-blocks.ts';
import { isOptional } from './module-schema.ts';
import { type GraphNode, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { type UnknownBlock, unknownBlock } from './unknown-block.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where statements stand: in the config itself, or in a kind of module. */
export type Place = 'root' | 'declare' | 'import' | 'foreach';

/** What making nodes asks of the module that the blocks stand in. */
export interface BlockContext {
  readonly vocabulary: Vocabulary;
  readonly place: Place;
  /** Whether a name is one of a custom component. */
  readonly claims: (name: string) => boolean;
}

/** A top-level block as a node. */
export interface MadeNode {
  readonly node: GraphNode;
  /** What is wrong with the block itself. What is wrong inside of it, and what it is to others, is told all the same. */
  readonly problem?: Diagnostic | undefined;
}

/** The node of a top-level block. */
export function makeNode(block: Block, source: SourceFile, context: BlockContext): MadeNode {
  const name = blockName(block);
  const made = moduleNode(name, block, source, context);
  if (made !== undefined) return made;
  const { vocabulary, place } = context;
  const component = vocabulary.registry.get(name);
  const custom = context.claims(name);
  if (place === 'import' && (custom || component !== undefined)) {
    return unknownNode(block, source, { problem: onlyDeclares(name, block, source) });
  }
  if (custom) return { node: customNode(block, source) };
  if (component !== undefined) return componentNode(block, source, component);
  const config = vocabulary.configBlocks.get(name);
  return config === undefined
    ? unknownNode(block, source, unknownBlock(name, block, source, vocabulary))
    : configNode(block, source, config, place);
}

function moduleNode(
  name: string,
  block: Block,
  source: SourceFile,
  { vocabulary, place }: BlockContext,
): MadeNode | undefined {
  if (name === 'argument' || name === 'export') {
    const node = moduleValueNode(name, block, source);
    const needed = name === 'argument' && !isOptional(block) ? missingLabel(name, block, source) : undefined;
    return { node, problem: onlyInDeclare(name, block, source, place) ?? needed };
  }
  if (name === 'declare') {
    const node = { ...base(block, source, declareBlock), template: block.body };
    return { node: { kind: 'declare', ...node, block: { ...block, body: [] } }, problem: misnamed(node) };
  }
  if (place !== 'import' && name === 'foreach') return foreachNode(block, source);
  const from = vocabulary.imports.get(name);
  return from === undefined ? undefined : { node: importNode(block, source, from) };
}

function misnamed({ label, block, source }: Pick<GraphNode, 'label' | 'block' | 'source'>) {
  if (label !== 'declare' || block.label === undefined) return undefined;
  const message = 'a module cannot be called `declare`';
  return problem('E0204', message, source, block.label.range, { hint: 'give it another label' });
}

function componentNode(block: Block, source: SourceFile, definition: ComponentDefinition): MadeNode {
  const node: GraphNode = { kind: 'component', ...base(block, source, definition), definition };
  return { node, problem: missingLabel(definition.name, block, source) };
}

/** Without a label it is called by the name of its module alone. */
function customNode(block: Block, source: SourceFile): GraphNode {
  const definition = customDefinition(blockName(block));
  const node = base(block, source, definition);
  return { kind: 'custom', ...node, id: node.label === '' ? node.name : node.id };
}

function moduleValueNode(name: 'argument' | 'export', block: Block, source: SourceFile): GraphNode {
  return { kind: name, ...base(block, source, name === 'argument' ? argumentBlock : exportBlock) };
}

/** What stands for a block that is not to be had here; nothing is said of what is in it. */
function unknownNode(block: Block, source: SourceFile, { problem, meant }: UnknownBlock): MadeNode {
  const definition = moduleDefinition(blockName(block), 'generally-available', body({}));
  return { node: { kind: 'unknown', ...base(block, source, definition), meant }, problem };
}

function missingLabel(name: string, block: Block, source: SourceFile): Diagnostic | undefined {
  if ((block.label?.value ?? '') !== '') return undefined;
  return problem('E0203', `\`${name}\` needs a label`, source, block.label?.range ?? nameRange(block), {
    hint: `name it, as in \`${name} "default" { … }\``,
  });
}

function foreachNode(block: Block, source: SourceFile): MadeNode {
  const templates = block.body.filter(isTemplate);
  const template = templates.at(-1);
  const named = block.body.find((one) => one.kind === 'attribute' && one.name.name === 'var');
  const variable =
    named?.kind === 'attribute' && named.value.kind === 'literal' ? named.value.text : undefined;
  const definition = moduleDefinition('foreach', foreachBlock.stability, foreachArguments);
  const others = block.body.filter((one) => !isTemplate(one));
  const head = { ...block, body: template ? [...others, withoutContent(template)] : others };
  const { body: inside = [] } = template ?? {};
  const node = { ...base(head, source, foreachBlock), template: inside, variable: variable?.slice(1, -1) };
  const [first] = templates;
  const replaced = first === undefined || first === template ? undefined : idleTemplate(first, source);
  return { node: { kind: 'foreach', ...node, definition }, problem: replaced };
}

function isTemplate(statement: Statement): statement is Block {
  return statement.kind === 'block' && blockName(statement) === 'template';
}

/** A template where only its being there counts: what is in it is a config of its own, and its label is ignored. */
function withoutContent({ label: _, ...template }: Block): Block {
  return { ...template, body: [] };
}

function idleTemplate({ range }: Statement, source: SourceFile): Diagnostic {
  const message = 'only the last `template` of a `foreach` has an effect';
  const place = { start: range.start, end: range.start + 'template'.length };
  return problem('W0605', message, source, place, { hint: 'take this one out, or put both together' });
}

function importNode(block: Block, source: SourceFile, from: ImportDefinition): GraphNode {
  const definition = moduleDefinition(from.name, from.stability, from.arguments);
  return { kind: 'import', ...base(block, source, definition), definition, from };
}

function configNode(
  block: Block,
  source: SourceFile,
  definition: ConfigBlockDefinition,
  place: Place,
): MadeNode {
  const node: GraphNode = {
    kind: 'config',
    ...base(block, source, definition),
    definition,
    id: definition.name,
    label: '',
  };
  return { node, problem: misplacedConfig(node, place) };
}

function misplacedConfig({ name, block, source }: GraphNode, place: Place): Diagnostic | undefined {
  if (place !== 'root') {
    return problem('E0603', `\`${name}\` cannot stand inside of a module`, source, nameRange(block), {
      hint: 'it configures the whole program; move it to the top level of the config',
    });
  }
  if (block.label === undefined || labelIgnored.has(name)) return undefined;
  return problem('E0204', `\`${name}\` takes no label`, source, block.label.range, {
    hint: 'remove the label',
  });
}

/** The reference reads these whatever label they have, and refuses one on the other blocks of their kind. */
export const labelIgnored: ReadonlySet<string> = new Set(['logging', 'tracing']);

function base<D extends ConfigBlockDefinition>(block: Block, source: SourceFile, definition: D) {
  const { name, arguments: schema } = definition;
  const label = block.label?.value ?? '';
  return { id: `${name}.${label}`, name, label, block, source, schema, definition };
}

function customDefinition(name: string): ComponentDefinition {
  return moduleDefinition(name, 'generally-available', body({}));
}

/** Modules run by the runtime itself; their record says only what lists and checks need. */
function moduleDefinition(
  name: string,
  stability: ComponentDefinition['stability'],
  schema: ComponentDefinition['arguments'],
): ComponentDefinition {
  return {
    name,
    stability,
    arguments: schema,
    exports: body({}),
    implementation: () => Promise.reject(new Error(`${name} is built by the runtime`)),
  };
}

function onlyInDeclare(name: string, block: Block, source: SourceFile, place: Place): Diagnostic | undefined {
  if (place === 'declare') return undefined;
  if (place === 'foreach' && (name === 'export' || isOptional(block))) {
    const message = `nothing outside of a \`foreach\` meets its \`${name}\``;
    return problem('W0605', message, source, nameRange(block), { hint: `take it out` });
  }
  return problem('E0602', `\`${name}\` stands outside of a \`declare\``, source, nameRange(block), {
    hint: `only a module has ${name}s: put it into \`declare "a_name" { … }\``,
  });
}

function onlyDeclares(name: string, block: Block, source: SourceFile): Diagnostic {
  return problem(
    'E0604',
    `an imported module cannot hold \`${name}\` at its top level`,
    source,
    nameRange(block),
    {
      hint: 'put it into a `declare`, and use that where the module is imported',
    },
  );
}
