import type { Value } from '@pewter/language';
import type { Diagnostic } from '@pewter/syntax';
import type { ConfigGraph } from './graph.ts';
import { type GraphNode, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { isSkipped } from './skipped-value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** True for a component that is known and has no code here. */
export function isUnsupported(node: GraphNode): boolean {
  return node.kind === 'component' && node.definition.onlyKnown === true;
}

/** A diagnostic for each component that would have to run and cannot, where that is a reason not to run. */
export function refuseUnsupported(
  nodes: Iterable<GraphNode>,
  { unsupported }: Pick<Vocabulary, 'unsupported'>,
): readonly Diagnostic[] {
  if (unsupported !== 'refuse') return [];
  return Array.from(nodes)
    .filter(isUnsupported)
    .map((node) => {
      const message = `\`${node.name}\` is a component of Alloy that does not run here`;
      const hint = 'run the rest of the config with --unsupported=skip, or take the component out';
      return problem('E0202', message, node.source, nameRange(node.block), { hint });
    });
}

/** Why a node is left out of what runs. */
export interface Skipped {
  readonly because: 'not_implemented' | 'depends_on_skipped';
  readonly message: string;
}

export function notImplemented(node: GraphNode): Skipped {
  return { because: 'not_implemented', message: `not implemented here: \`${node.name}\` runs only in Alloy` };
}

/** Where a node stands and what it came to. */
export interface Dependent {
  readonly node: GraphNode;
  readonly graph: ConfigGraph;
  readonly exportsOf: (id: string) => Value;
  /** All values in its body. */
  readonly values: Value;
}

/** Why a node without arguments will never have any; undefined where it only waits for them. */
export function dependsOnSkipped({ node, graph, exportsOf, values }: Dependent): Skipped | undefined {
  const from = skippedDependency(node, graph, exportsOf);
  if (from === undefined && !isSkipped(values)) return undefined;
  const what = from === undefined ? 'something that is not implemented here' : reasonOf(from, graph);
  return { because: 'depends_on_skipped', message: `skipped: it depends on ${what}` };
}

/** What a node refers to that will not be known, as far as that is seen from its own module. */
export function skippedDependency(
  { id }: GraphNode,
  graph: ConfigGraph,
  exportsOf: (id: string) => Value,
): string | undefined {
  return (graph.predecessors(id) ?? []).find((one) => isSkipped(exportsOf(one)));
}

function reasonOf(id: string, graph: ConfigGraph): string {
  const node = graph.node(id);
  if (isUnsupported(node)) return `\`${id}\`, which is not implemented here`;
  return node.kind === 'component'
    ? `\`${id}\`, which is skipped`
    : `a value of \`${id}\` that is not known here`;
}
