import type { BodySchema } from '@pewter/language';
import type { Block, Body, Range, SourceFile } from '@pewter/syntax';
import type { ComponentDefinition } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';
import type { ImportDefinition } from './import-definition.ts';

interface NodeBase {
  /** What references call it: `discovery.http.x`, `argument.a`; unique in its module: one that is repeated has a number behind a `#`. */
  readonly id: string;
  /** The dotted name of its block. */
  readonly name: string;
  /** Empty where its kind takes none. */
  readonly label: string;
  /** The block, without what belongs to another scope (`template`). */
  readonly block: Block;
  readonly source: SourceFile;
  /** What its body may hold. */
  readonly schema: BodySchema;
}

interface ConfigNodeBase extends NodeBase {
  readonly definition: ConfigBlockDefinition;
}

interface InstanceNodeBase extends NodeBase {
  readonly definition: ComponentDefinition;
}

/** A component as a config declares it. */
export interface ComponentNode extends InstanceNodeBase {
  readonly kind: 'component';
}

/** A component that a `declare` of the config or of an import defines. */
export interface CustomNode extends InstanceNodeBase {
  readonly kind: 'custom';
}

/** `foreach`: one module per item of a collection. */
export interface ForeachNode extends InstanceNodeBase {
  readonly kind: 'foreach';
  readonly template: Body;
  /** The name that the item has in the template; undefined where it is not written out. */
  readonly variable: string | undefined;
}

/** `import.*`: declares from elsewhere. */
export interface ImportNode extends InstanceNodeBase {
  readonly kind: 'import';
  readonly from: ImportDefinition;
}

/** A block that configures the program itself. Nothing can refer to it. */
export interface ConfigNode extends ConfigNodeBase {
  readonly kind: 'config';
}

/** `argument` of a module, whose value is given from outside. */
export interface ArgumentNode extends ConfigNodeBase {
  readonly kind: 'argument';
}

/** `export` of a module. */
export interface ExportNode extends ConfigNodeBase {
  readonly kind: 'export';
}

/** `declare`: the text of a module. It does nothing until it is used. */
export interface DeclareNode extends ConfigNodeBase {
  readonly kind: 'declare';
  readonly template: Body;
}

/** A block that is none of those that may stand here. It is a mistake; what refers to it is none. */
export interface UnknownNode extends ConfigNodeBase {
  readonly kind: 'unknown';
  /** The name that is likely meant. */
  readonly meant: string | undefined;
}

/** A node that stands for something that runs. */
export type InstanceNode = ComponentNode | CustomNode | ForeachNode | ImportNode;

/** A block of a config as a node of its graph. */
export type GraphNode = InstanceNode | ConfigNode | ArgumentNode | ExportNode | DeclareNode | UnknownNode;

/** True for nodes that stand for something that runs. */
export function isInstanceNode(node: GraphNode): node is InstanceNode {
  return ['component', 'custom', 'foreach', 'import'].includes(node.kind);
}

/** True for nodes that expressions can refer to. */
export function isReferable(node: GraphNode): boolean {
  return ['component', 'custom', 'argument', 'unknown'].includes(node.kind);
}

/** What references may call a block that is not named as it has to be: by the name that is likely meant, or without its missing label. */
export function otherId(node: GraphNode): string | undefined {
  if (node.kind === 'unknown' && node.meant !== undefined) return `${node.meant}.${node.label}`;
  return isReferable(node) && node.label === '' ? node.name : undefined;
}

/** True for blocks whose name and label another has already. References mean the other. */
export function isRepeated({ id }: GraphNode): boolean {
  return id.includes('#');
}

/** The place of a block's name, without its label. */
export function nameRange(block: Block): Range {
  const last = block.name.at(-1);
  return { start: block.range.start, end: last?.range.end ?? block.range.start };
}
