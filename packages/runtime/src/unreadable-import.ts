import { headRange } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import { errorText } from './error-text.ts';
import type { ConfigGraph } from './graph.ts';
import { dependantsOf } from './neighbours.ts';
import { type GraphNode, type ImportNode, nameRange } from './node.ts';
import { problem } from './problem.ts';

/** What takes something from an import and cannot be made without it. */
export function usersOf(
  { id }: ImportNode,
  graph: ConfigGraph,
  nodes: ReadonlyMap<string, GraphNode>,
): readonly GraphNode[] {
  return dependantsOf(graph, id).flatMap((one) => nodes.get(one) ?? []);
}

/** An import whose text cannot be had, with what needs it. */
export function unreadable(node: ImportNode, thrown: unknown, users: readonly GraphNode[]): Diagnostic {
  const message = `\`${node.id}\` cannot be read: ${errorText(thrown)}`;
  return problem('E0606', message, node.source, nameRange(node.block), {
    related: users.map(({ source, block }) => ({ source, range: headRange(block), message: 'needed here' })),
  });
}
