import { Graph } from '@dagrejs/graphlib';
import type { Diagnostic, Range } from '@pewter/syntax';
import type { GraphNode } from './node.ts';
import { problem } from './problem.ts';
import { type NameChain, nameChains } from './reference.ts';
import { allArguments, resolveChain, resolveMisnamed, unknownReference } from './resolve.ts';

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
  /** References to blocks that are not to be had or lack their label: mistakes of these blocks, and no further ones. */
  readonly misled: readonly Reference[];
}

/**
 * Joins the nodes by the references in their bodies.
 *
 * @param isKnown whether a chain that names no node here names something else: the standard library, or what a
 * module sees of those around it.
 */
export function buildGraph(
  nodes: ReadonlyMap<string, GraphNode>,
  isKnown: (chain: NameChain) => boolean,
): BuiltGraph {
  const graph: ConfigGraph = new Graph();
  const diagnostics: Diagnostic[] = [];
  const misled: Reference[] = [];
  for (const node of nodes.values()) graph.setNode(node.id, node);
  for (const node of nodes.values()) diagnostics.push(...addReferences(graph, node, nodes, isKnown, misled));
  return { graph, diagnostics, misled };
}

function addReferences(
  graph: ConfigGraph,
  node: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
  isKnown: (chain: NameChain) => boolean,
  misled: Reference[],
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const chain of nameChains(node.block.body)) {
    const all = allArguments(chain, nodes).filter((one) => one !== node);
    for (const one of all) addEdge(graph, node, one, chain.range);
    const found = resolveChain(chain, nodes);
    if (found === undefined && (all.length > 0 || isKnown(chain))) continue;
    const meant = found ?? resolveMisnamed(chain, nodes);
    if (meant === undefined) diagnostics.push(unknownReference(node, chain, nodes));
    else if (meant.node === node) diagnostics.push(selfReference(node, meant.range));
    else {
      addEdge(graph, node, meant.node, meant.range);
      if (found === undefined || found.node.kind === 'unknown')
        misled.push({ from: node, to: meant.node, range: chain.range });
    }
  }
  // The names of a template are looked up when it is read as a module; here they only make edges.
  for (const chain of node.kind === 'foreach' ? nameChains(node.template) : []) {
    const found = resolveChain(chain, nodes);
    if (found !== undefined) addEdge(graph, node, found.node, found.range);
    for (const one of allArguments(chain, nodes)) addEdge(graph, node, one, chain.range);
  }
  return diagnostics;
}

function addEdge(graph: ConfigGraph, from: GraphNode, to: GraphNode, range: Range): void {
  if (!graph.hasEdge(to.id, from.id)) graph.setEdge(to.id, from.id, { from, to, range });
}

function selfReference(node: GraphNode, range: Range): Diagnostic {
  return problem('E0208', `\`${node.id}\` refers to itself`, node.source, range, {
    hint: 'a component cannot take its own exports; refer to another one',
  });
}
