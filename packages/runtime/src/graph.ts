import { Graph } from '@dagrejs/graphlib';
import type { Diagnostic, Range } from '@pewter/syntax';
import { cycleDiagnostics } from './cycles.ts';
import type { GraphNode } from './node.ts';
import { nameChains } from './reference.ts';
import { resolveChain, unknownReference } from './resolve.ts';

/** One node's use of another, with the place of its first mention. */
export interface Reference {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly range: Range;
}

/** A config as a graph. Edges point from what is referred to, to what refers to it. */
export type ConfigGraph = Graph<string, GraphNode, Reference>;

export interface BuiltGraph {
  readonly graph: ConfigGraph;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Joins the nodes by the references in their bodies.
 *
 * @param isStandardName whether a name is one of the standard library, or a constant of it.
 */
export function buildGraph(
  nodes: ReadonlyMap<string, GraphNode>,
  isStandardName: (name: string) => boolean,
): BuiltGraph {
  const graph: ConfigGraph = new Graph();
  const diagnostics: Diagnostic[] = [];
  for (const node of nodes.values()) graph.setNode(node.id, node);
  for (const node of nodes.values()) diagnostics.push(...addReferences(graph, node, nodes, isStandardName));
  return { graph, diagnostics: [...diagnostics, ...cycleDiagnostics(graph, [...nodes.keys()])] };
}

function addReferences(
  graph: ConfigGraph,
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  isStandardName: (name: string) => boolean,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const chain of nameChains(node.block)) {
    const found = resolveChain(chain, nodes);
    if (found === undefined) {
      if (!isStandardName(chain.names[0]?.name ?? '')) diagnostics.push(unknownReference(node, chain, nodes));
    } else if (found.node === node) {
      diagnostics.push(selfReference(node, found.range));
    } else if (!graph.hasEdge(found.node.id, node.id)) {
      graph.setEdge(found.node.id, node.id, { from: node, to: found.node, range: found.range });
    }
  }
  return diagnostics;
}

function selfReference(node: GraphNode, range: Range): Diagnostic {
  return {
    severity: 'error',
    code: 'E0208',
    message: `\`${node.id}\` refers to itself`,
    location: { source: node.source, range },
    hint: 'a component cannot take its own exports; refer to another one',
  };
}
