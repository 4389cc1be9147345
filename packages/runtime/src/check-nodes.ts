import { exportsHole, Hole, type Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import type { Stability } from './component.ts';
import { evaluateBody } from './evaluate-body.ts';
import type { ConfigGraph } from './graph.ts';
import type { GraphNode } from './node.ts';
import { scopeFor } from './scope-for.ts';
import { standardScope } from './standard-scope.ts';

/** Mistakes that a reference already reported as unknown makes once more in evaluation. */
const echoes: ReadonlySet<string> = new Set(['E0301', 'E0302', 'E0303']);

/**
 * Checks every body against its schema without running anything: exports of other components, variables of
 * the environment and files are holes. `reported` are the diagnostics of the graph.
 */
export function checkNodes(
  nodes: ReadonlyMap<string, GraphNode>,
  {
    graph,
    diagnostics: reported,
  }: { readonly graph: ConfigGraph; readonly diagnostics: readonly Diagnostic[] },
  stability: Stability,
): readonly Diagnostic[] {
  const standard = standardScope(undefined, stability);
  const exportsOf = (id: string) => holeFor(nodes.get(id), id);
  return [...nodes.values()]
    .flatMap(
      (node) =>
        evaluateBody(node, scopeFor(node.id, graph, exportsOf, standard), { checking: true }).diagnostics,
    )
    .filter((one) => !(echoes.has(one.code) && reported.some((earlier) => overlaps(one, earlier))));
}

/** The exports of a component that was not built: of known type, without a value. */
function holeFor(node: GraphNode | undefined, origin: string): Value {
  return node?.kind === 'component' ? exportsHole(node.definition.exports, origin) : new Hole();
}

function overlaps({ location: a }: Diagnostic, { location: b }: Diagnostic): boolean {
  if (a === undefined || b === undefined || a.source !== b.source) return false;
  return a.range.start < b.range.end && b.range.start < a.range.end;
}
