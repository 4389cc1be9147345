import type { ConfigGraph } from './graph.ts';

const orders = new WeakMap<ConfigGraph, readonly string[]>();

/**
 * All ids, dependencies before dependants. Those on a cycle, and what depends on them, come last in any order.
 * Remembered: the graph must be whole.
 */
export function evaluationOrder(graph: ConfigGraph): readonly string[] {
  const known = orders.get(graph);
  if (known !== undefined) return known;
  const ordered = acyclicOrder(graph);
  const all = ordered.length === graph.nodeCount() ? ordered : [...new Set([...ordered, ...graph.nodes()])];
  orders.set(graph, all);
  return all;
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
