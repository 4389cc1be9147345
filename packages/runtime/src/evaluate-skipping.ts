import { containsHole, type Scope, type Value } from '@pewter/language';
import { hasErrors } from '@pewter/syntax';
import { attributeValues, type EvaluatedBody, evaluateBody } from './evaluate-body.ts';
import type { EvaluatedNode, LiveModule } from './evaluate-node.ts';
import { knownPart } from './known-part.ts';
import type { GraphNode } from './node.ts';
import { isSkipped, skippedHole } from './skipped-value.ts';
import { skippedDependency } from './unsupported.ts';

type Live = Pick<LiveModule, 'config' | 'exportsOf'>;

/**
 * What a node without arguments comes to while something is left out: blocks that configure the program make do with what
 * is known, and modules export what will not be known as that.
 */
export function withoutSkipped(
  node: GraphNode,
  given: EvaluatedBody,
  scope: Scope,
  live: Live,
): EvaluatedNode {
  if (hasErrors(given.diagnostics)) return given;
  if (node.kind === 'export') {
    const value = valuesOf(node, scope, live).get('value') ?? null;
    return isSkipped(value) ? { ...given, decoded: { value } } : given;
  }
  if (node.kind !== 'config') return given;
  const { body, leftOut } = knownPart(node.block.body, node.schema, scope);
  if (leftOut.length === 0) return given;
  return { ...evaluateBody({ ...node, block: { ...node.block, body } }, scope), leftOut };
}

/** The values of a node's arguments. What was computed from something that is left out will not be known either. */
export function valuesOf(node: GraphNode, scope: Scope, live: Live): ReadonlyMap<string, Value> {
  const values = attributeValues(node.block.body, scope);
  return new Map(Array.from(values, ([name, value]) => [name, marked(value, node, live)]));
}

/** The language makes new holes of holes, which do not say what they came from. */
function marked(value: Value, node: GraphNode, { config, exportsOf }: Live): Value {
  if (!containsHole(value) || isSkipped(value)) return value;
  if (skippedDependency(node, config.graph, exportsOf) === undefined) return value;
  const others = (config.graph.predecessors(node.id) ?? []).map(exportsOf);
  const awaits = others.some((one) => containsHole(one) && !isSkipped(one));
  return awaits ? value : skippedHole();
}
