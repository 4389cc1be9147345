import { body } from '@pewter/language';
import { type Block, blockName, type Diagnostic, type SourceFile } from '@pewter/syntax';
import type { ComponentDefinition } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';
import type { ImportDefinition } from './import-definition.ts';
import { argumentBlock, declareBlock, exportBlock, foreachBlock } from './module-blocks.ts';
import { type GraphNode, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { unknownBlock } from './unknown-block.ts';
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

/** The node of a top-level block, or what is wrong with it. */
export function makeNode(block: Block, source: SourceFile, context: BlockContext): GraphNode | Diagnostic {
  const name = blockName(block);
  const made = moduleNode(name, block, source, context);
  if (made !== undefined) return made;
  const { vocabulary, place } = context;
  const component = vocabulary.registry.get(name);
  const custom = context.claims(name);
  if (place === 'import' && (custom || component !== undefined)) return onlyDeclares(name, block, source);
  if (custom) return labelled('custom', block, source, customDefinition(name));
  if (component !== undefined) return labelled('component', block, source, component);
  const config = vocabulary.configBlocks.get(name);
  return config === undefined
    ? unknownBlock(name, block, source, vocabulary)
    : configNode(block, source, config, place);
}

function moduleNode(
  name: string,
  block: Block,
  source: SourceFile,
  { vocabulary, place }: BlockContext,
): GraphNode | Diagnostic | undefined {
  if (name === 'argument' || name === 'export') {
    if (place !== 'declare') return onlyInDeclare(name, block, source);
    return moduleValueNode(name, block, source);
  }
  if (name === 'declare') {
    const node = { ...base(block, source, declareBlock), template: block.body };
    return { kind: 'declare', ...node, block: { ...block, body: [] } };
  }
  if (place !== 'import' && name === 'foreach') return foreachNode(block, source);
  const from = vocabulary.imports.get(name);
  return from === undefined ? undefined : importNode(block, source, from);
}

function labelled(
  kind: 'component' | 'custom',
  block: Block,
  source: SourceFile,
  definition: ComponentDefinition,
): GraphNode | Diagnostic {
  const missing = missingLabel(definition.name, block, source);
  return missing ?? { kind, ...base(block, source, definition), definition };
}

function moduleValueNode(
  name: 'argument' | 'export',
  block: Block,
  source: SourceFile,
): GraphNode | Diagnostic {
  const definition = name === 'argument' ? argumentBlock : exportBlock;
  return missingLabel(name, block, source) ?? { kind: name, ...base(block, source, definition) };
}

function missingLabel(name: string, block: Block, source: SourceFile): Diagnostic | undefined {
  if ((block.label?.value ?? '') !== '') return undefined;
  return problem('E0203', `\`${name}\` needs a label`, source, block.label?.range ?? nameRange(block), {
    hint: `name it, as in \`${name} "default" { … }\``,
  });
}

function foreachNode(block: Block, source: SourceFile): GraphNode | Diagnostic {
  const template = block.body.find((one) => one.kind === 'block' && blockName(one) === 'template');
  if (template?.kind !== 'block') {
    return problem(
      'E0401',
      'the required block `template` of `foreach` is missing',
      source,
      nameRange(block),
      {
        hint: 'put what is to run for each item into `template { … }`',
      },
    );
  }
  const named = block.body.find((one) => one.kind === 'attribute' && one.name.name === 'var');
  const variable =
    named?.kind === 'attribute' && named.value.kind === 'literal' ? named.value.text : undefined;
  const definition = moduleDefinition('foreach', 'experimental', foreachBlock.arguments);
  const head = { ...block, body: block.body.filter((one) => one !== template) };
  return {
    kind: 'foreach',
    ...base(head, source, definition),
    definition,
    template: template.body,
    variable: variable?.slice(1, -1),
  };
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
): GraphNode | Diagnostic {
  const { name } = definition;
  if (place !== 'root') {
    return problem('E0603', `\`${name}\` cannot stand inside of a module`, source, nameRange(block), {
      hint: 'it configures the whole program; move it to the top level of the config',
    });
  }
  if (block.label !== undefined && !labelIgnored.has(name)) {
    return problem('E0204', `\`${name}\` takes no label`, source, block.label.range, {
      hint: 'remove the label',
    });
  }
  return { kind: 'config', ...base(block, source, definition), definition, id: name, label: '' };
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

function onlyInDeclare(name: string, block: Block, source: SourceFile): Diagnostic {
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
