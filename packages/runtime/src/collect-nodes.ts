import { didYouMean, headRange } from '@pewter/language';
import {
  type Attribute,
  type Block,
  blockName,
  type Diagnostic,
  type File,
  type Range,
  type SourceFile,
} from '@pewter/syntax';
import type { runtimeCodes } from './codes.ts';
import type { ComponentDefinition, Stability } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';
import { type GraphNode, nameRange } from './node.ts';
import type { ComponentRegistry } from './registry.ts';
import { permits } from './stability.ts';

/** What is known of a component that cannot run here; `reason` says why not, or what to do. */
export interface KnownComponent {
  readonly reason?: string;
}

/** What a config may name. */
export interface Vocabulary {
  readonly registry: ComponentRegistry;
  readonly configBlocks: ReadonlyMap<string, ConfigBlockDefinition>;
  readonly stability: Stability;
  /** Tells a component that only the reference runs from a mistyped one. */
  readonly knownComponents?: (name: string) => KnownComponent | undefined;
}

export interface CollectedNodes {
  /** By id, in source order. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Blocks of the language that make or use modules; they are no components. */
const moduleBlocks: ReadonlySet<string> = new Set([
  'declare',
  'argument',
  'export',
  'foreach',
  'import.file',
  'import.string',
  'import.http',
  'import.git',
]);

/** Makes a node of every top-level block of these files, which are one config. */
export function collectNodes(files: readonly File[], vocabulary: Vocabulary): CollectedNodes {
  const nodes = new Map<string, GraphNode>();
  const diagnostics: Diagnostic[] = [];
  for (const { source, body } of files) {
    for (const statement of body) {
      if (statement.kind === 'attribute') diagnostics.push(topLevelAttribute(statement, source));
      else diagnostics.push(...addBlock(statement, source, vocabulary, nodes));
    }
  }
  return { nodes, diagnostics };
}

function addBlock(
  block: Block,
  source: SourceFile,
  vocabulary: Vocabulary,
  nodes: Map<string, GraphNode>,
): readonly Diagnostic[] {
  const node = nodeOf(block, source, vocabulary);
  if (!('id' in node)) return [node];
  const earlier = nodes.get(node.id);
  if (earlier !== undefined) return [duplicate(node, earlier)];
  nodes.set(node.id, node);
  return stabilityProblem(node, vocabulary.stability);
}

function nodeOf(block: Block, source: SourceFile, vocabulary: Vocabulary): GraphNode | Diagnostic {
  const name = blockName(block);
  const component = vocabulary.registry.get(name);
  if (component !== undefined) return componentNode(block, source, component);
  const config = vocabulary.configBlocks.get(name);
  if (config !== undefined) return configNode(block, source, config);
  return unknownBlock(name, block, source, vocabulary);
}

function componentNode(
  block: Block,
  source: SourceFile,
  definition: ComponentDefinition,
): GraphNode | Diagnostic {
  const { name, arguments: schema } = definition;
  const label = block.label?.value ?? '';
  if (label === '') {
    return problem('E0203', `\`${name}\` needs a label`, source, block.label?.range ?? nameRange(block), {
      hint: `name it, as in \`${name} "default" { … }\``,
    });
  }
  return { kind: 'component', id: `${name}.${label}`, name, label, block, source, schema, definition };
}

function configNode(
  block: Block,
  source: SourceFile,
  definition: ConfigBlockDefinition,
): GraphNode | Diagnostic {
  const { name, arguments: schema } = definition;
  if (block.label !== undefined) {
    return problem('E0204', `\`${name}\` takes no label`, source, block.label.range, {
      hint: 'remove the label',
    });
  }
  return { kind: 'config', id: name, name, label: '', block, source, schema, definition };
}

function unknownBlock(name: string, block: Block, source: SourceFile, vocabulary: Vocabulary): Diagnostic {
  const range = nameRange(block);
  if (moduleBlocks.has(name)) {
    return problem('E0213', `\`${name}\` is not supported yet`, source, range, {
      hint: 'write the components of the module into the config itself',
    });
  }
  const known = vocabulary.knownComponents?.(name);
  if (known !== undefined) {
    return problem('E0202', `\`${name}\` is a component of Alloy that does not run here`, source, range, {
      hint: known.reason ?? 'check such a config with `validate`, or take the component out to run it',
    });
  }
  const names = [...vocabulary.registry.keys(), ...vocabulary.configBlocks.keys()];
  const likely = didYouMean(name, names);
  const hint = likely === undefined ? {} : { hint: `did you mean \`${likely}\`?` };
  return problem('E0201', `there is no component \`${name}\``, source, range, hint);
}

function topLevelAttribute({ name }: Attribute, source: SourceFile): Diagnostic {
  return problem('E0210', `attribute \`${name.name}\` stands outside of a block`, source, name.range, {
    hint: 'a config holds blocks at its top level; move the attribute into the block that it is meant for',
  });
}

function duplicate(node: GraphNode, earlier: GraphNode): Diagnostic {
  const hint =
    node.label === '' ? 'a config has one of these: merge the two' : 'give one of them another label';
  return problem('E0206', `\`${node.id}\` is declared twice`, node.source, headRange(node.block), {
    hint,
    related: [{ source: earlier.source, range: headRange(earlier.block), message: 'first declared here' }],
  });
}

function stabilityProblem(
  { definition, block, source }: GraphNode,
  allowed: Stability,
): readonly Diagnostic[] {
  const { name, stability } = definition;
  if (permits(allowed, stability)) return [];
  const message = `\`${name}\` is ${stability}, and only what is ${allowed} may be used`;
  return [
    problem('E0211', message, source, nameRange(block), { hint: `run with --stability.level=${stability}` }),
  ];
}

function problem(
  code: keyof typeof runtimeCodes,
  message: string,
  source: SourceFile,
  range: Range,
  more: Pick<Diagnostic, 'hint' | 'related'>,
): Diagnostic {
  return { severity: 'error', code, message, location: { source, range }, ...more };
}
