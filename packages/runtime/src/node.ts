import type { BodySchema } from '@pewter/language';
import type { Block, Range, SourceFile } from '@pewter/syntax';
import type { ComponentDefinition } from './component.ts';
import type { ConfigBlockDefinition } from './config-block.ts';

interface NodeBase {
  /** What references call it: `discovery.http.x`, `logging`. */
  readonly id: string;
  /** The dotted name of its block. */
  readonly name: string;
  /** Empty where its kind takes none. */
  readonly label: string;
  readonly block: Block;
  readonly source: SourceFile;
  /** What its body may hold. */
  readonly schema: BodySchema;
}

/** A component as a config declares it. */
export interface ComponentNode extends NodeBase {
  readonly kind: 'component';
  readonly definition: ComponentDefinition;
}

/** A block that configures the program itself. Nothing can refer to it. */
export interface ConfigNode extends NodeBase {
  readonly kind: 'config';
  readonly definition: ConfigBlockDefinition;
}

/** A block of a config as a node of its graph. */
export type GraphNode = ComponentNode | ConfigNode;

/** The place of a block's name, without its label. */
export function nameRange(block: Block): Range {
  const last = block.name.at(-1);
  return { start: block.range.start, end: last?.range.end ?? block.range.start };
}
