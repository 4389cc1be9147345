import type { Attribute, Block, Expression, File, ObjectField } from './tree.ts';

/** Any node that has nodes below it or is one. */
export type Node = File | Block | Attribute | Expression;

/** The nodes directly below a node, in source order. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'file':
    case 'block':
      return node.body;
    case 'attribute':
      return [node.value];
    case 'array':
      return node.elements;
    case 'object':
      return node.fields.map((field: ObjectField) => field.value);
    case 'access':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'call':
      return [node.callee, ...node.args];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'paren':
      return [node.inner];
    default:
      return [];
  }
}

/** Visits a node and all below it, parents first, in source order; `false` from the visitor leaves out what is below. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => unknown): void {
  const waiting: { node: Node; parent: Node | undefined }[] = [{ node, parent: undefined }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node: current, parent } = next;
    if (visit(current, parent) === false) continue;
    for (const child of children(current).toReversed()) waiting.push({ node: child, parent: current });
  }
}

/** The dotted name of a block, such as `prometheus.scrape`. */
export function blockName(block: Block): string {
  return block.name.map((part) => part.name).join('.');
}
