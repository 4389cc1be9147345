/** A component and the components that its data goes to. */
export interface FlowNode {
  readonly id: string;
  readonly to: readonly string[];
}

/** A graph as lines of `from → to`, sources first; a component that stands alone is a line of its own. */
export function graphText(nodes: readonly FlowNode[]): string {
  const width = Math.max(0, ...nodes.filter(({ to }) => to.length > 0).map(({ id }) => id.length));
  const targeted = new Set(nodes.flatMap(({ to }) => to));
  const lines = inFlowOrder(nodes).flatMap(({ id, to }) => {
    if (to.length === 0) return targeted.has(id) ? [] : [id];
    return to.map((target, index) => `${(index === 0 ? id : '').padEnd(width)} → ${target}`);
  });
  return lines.map((line) => `  ${line}\n`).join('');
}

/** Each node before those that its data goes to; otherwise in the given order. */
function inFlowOrder(nodes: readonly FlowNode[]): FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ordered: FlowNode[] = [];
  const seen = new Set<string>();
  const visit = (node: FlowNode): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    for (const id of node.to.toReversed()) {
      const next = byId.get(id);
      if (next) visit(next);
    }
    ordered.unshift(node);
  };
  for (const node of nodes.toReversed()) visit(node);
  return ordered;
}
