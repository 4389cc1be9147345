import type { ConfigGraph } from './graph.ts';

interface Known {
  readonly before: Map<string, readonly string[]>;
  readonly after: Map<string, readonly string[]>;
}

const known = new WeakMap<ConfigGraph, Known>();

function knownOf(graph: ConfigGraph): Known {
  const found = known.get(graph) ?? { before: new Map(), after: new Map() };
  known.set(graph, found);
  return found;
}

/** What a node refers to. The graph makes such a list anew for each question; here it is kept, so the graph must be whole. */
export function dependenciesOf(graph: ConfigGraph, id: string): readonly string[] {
  const { before } = knownOf(graph);
  const list = before.get(id) ?? graph.predecessors(id) ?? [];
  before.set(id, list);
  return list;
}

/** What refers to a node; kept in the same way. */
export function dependantsOf(graph: ConfigGraph, id: string): readonly string[] {
  const { after } = knownOf(graph);
  const list = after.get(id) ?? graph.successors(id) ?? [];
  after.set(id, list);
  return list;
}
