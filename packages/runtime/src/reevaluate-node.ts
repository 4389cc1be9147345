import { hasErrors } from '@pewter/syntax';
import { waitsFor } from './awaited-exports.ts';
import type { EvaluatedBody } from './evaluate-body.ts';
import { evaluateNode, type LiveModule } from './evaluate-node.ts';
import type { ComponentInstance } from './instance.ts';
import { type GraphNode, isInstanceNode } from './node.ts';
import { applyValue, type ValueSink } from './prepare.ts';
import { dependsOnSkipped, isUnsupported, type Skipped } from './unsupported.ts';

/** What takes the outcome of a node that is evaluated again. */
export interface LiveNode {
  /** What the node stands for; undefined where that is a value or a setting. */
  readonly instance: ComponentInstance | undefined;
  readonly sink: ValueSink;
  /** Told why a node without an instance could not be evaluated. */
  failed(reason: string): void;
}

/** Evaluates a node of a module that runs, and hands on what it comes to or why it comes to nothing. */
export function reevaluateNode(
  node: GraphNode,
  live: LiveModule,
  { instance, sink, failed }: LiveNode,
): void {
  if (isUnsupported(node)) return;
  const given = evaluateNode(node, live);
  const reason = failureOf(node, given, live);
  const skipped = reason === undefined ? undefined : skippedBy(node, given, live);
  if (skipped !== undefined) leaveOut(instance, skipped);
  else if (reason !== undefined && instance !== undefined) instance.evaluationFailed(reason);
  else if (reason !== undefined) failed(reason);
  else if (instance !== undefined) instance.update(given);
  else if (!isInstanceNode(node)) applyValue(node, given.decoded, live.inputs, sink);
}

function leaveOut(instance: ComponentInstance | undefined, skipped: Skipped): void {
  if (instance?.component === undefined) instance?.skip(skipped);
  else instance.evaluationFailed(skipped.message);
}

function failureOf(
  node: GraphNode,
  { diagnostics, decoded }: EvaluatedBody,
  live: LiveModule,
): string | undefined {
  if (hasErrors(diagnostics)) return diagnostics.find((one) => one.severity === 'error')?.message;
  return decoded === undefined ? waitsFor(node.id, live.config.graph, live.exportsOf) : undefined;
}

function skippedBy(node: GraphNode, given: EvaluatedBody, live: LiveModule): Skipped | undefined {
  if (!live.skipping || hasErrors(given.diagnostics)) return undefined;
  const { graph } = live.config;
  return dependsOnSkipped({ node, graph, exportsOf: live.exportsOf, values: given.values() });
}
