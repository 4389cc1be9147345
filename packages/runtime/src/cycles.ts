import { alg } from '@dagrejs/graphlib';
import type { Diagnostic, Related } from '@pewter/syntax';
import { acyclicOrder } from './evaluation-order.ts';
import type { ConfigGraph, Reference } from './graph.ts';

/** One diagnostic for each knot of nodes that depend on each other, in source order, with a shortest way round. */
export function cycleDiagnostics(graph: ConfigGraph, sourceOrder: readonly string[]): readonly Diagnostic[] {
  const ordered = new Set(acyclicOrder(graph));
  if (ordered.size === graph.nodeCount()) return [];
  const knotted = graph.filterNodes((id) => !ordered.has(id));
  const place = new Map(sourceOrder.map((id, index) => [id, index]));
  const order = (id: string) => place.get(id) ?? 0;
  return alg
    .tarjan(knotted)
    .filter((knot) => knot.length > 1)
    .map((knot) => knot.toSorted((a, b) => order(a) - order(b)))
    .sort((a, b) => order(a[0] ?? '') - order(b[0] ?? ''))
    .flatMap((knot) => describe(wayRound(graph, knot[0] ?? '')));
}

/** The references of a shortest cycle through `start`, each leading to the one that the next stands in. */
function wayRound(graph: ConfigGraph, start: string): readonly Reference[] {
  const cameBy = new Map<string, Reference>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const edge of graph.inEdges(at) ?? []) {
      if (cameBy.has(edge.v)) continue;
      cameBy.set(edge.v, graph.edge(edge));
      queue.push(edge.v);
    }
    if (cameBy.has(start)) break;
  }
  return unwind(cameBy, start);
}

function unwind(cameBy: ReadonlyMap<string, Reference>, start: string): readonly Reference[] {
  const way: Reference[] = [];
  for (let step = cameBy.get(start); step !== undefined; step = cameBy.get(step.from.id)) {
    way.unshift(step);
    if (step.from.id === start) break;
  }
  return way;
}

function describe(way: readonly Reference[]): readonly Diagnostic[] {
  const [first, ...rest] = way;
  if (first === undefined) return [];
  const path = [...way.map((step) => step.from.id), first.from.id].map((id) => `\`${id}\``).join(' → ');
  const related = rest.map(
    ({ from, to, range }): Related => ({
      source: from.source,
      range,
      message: `\`${from.id}\` refers to \`${to.id}\``,
    }),
  );
  return [
    {
      severity: 'error',
      code: 'E0209',
      message: `these components wait for each other: ${path}`,
      location: { source: first.from.source, range: first.range },
      hint: 'take one of these references out',
      related,
    },
  ];
}
