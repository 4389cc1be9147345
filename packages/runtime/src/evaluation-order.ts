import type { ConfigGraph } from './graph.ts';

/** All ids, dependencies before dependants. Those on a cycle, and what depends on them, come last in any order. */
export function evaluationOrder(graph: ConfigGraph): readonly string[] {
  const ordered = acyclicOrder(graph);
  if (ordered.length === graph.nodeCount()) return ordered;
  return [...new Set([...ordered, ...graph.nodes()])];
}

/** The ids that no cycle keeps from being ordered. Iterative: a chain may be longer than the stack is deep. */
export function acyclicOrder(graph: ConfigGraph): readonly string[] {
  const waiting = new Map(graph.nodes().map((id) => [id, graph.predecessors(id)?.length ?? 0]));
  const ordered = graph.nodes().filter((id) => waiting.get(id) === 0);
  for (const id of ordered) {
    for (const dependant of graph.successors(id) ?? []) {
      const left = (waiting.get(dependant) ?? 0) - 1;
      waiting.set(dependant, left);
      if (left === 0) ordered.push(dependant);
    }
  }
  return ordered;
}
