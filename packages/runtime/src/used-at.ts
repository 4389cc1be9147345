import { headRange } from '@pewter/language';
import type { Diagnostic, Related } from '@pewter/syntax';
import type { Definitions } from './definitions.ts';
import type { GraphNode } from './node.ts';

/** Diagnostics of a module, each with the block that uses or imports it. */
export function relatedAt(
  diagnostics: readonly Diagnostic[],
  node: GraphNode,
  how: 'used' | 'imported',
): readonly Diagnostic[] {
  return withRelated(diagnostics, [place(node, how)]);
}

/** The same for a custom component, with the import that brought it where one did: the chain, innermost first. */
export function usedAt(
  diagnostics: readonly Diagnostic[],
  node: GraphNode,
  definitions: Definitions,
): readonly Diagnostic[] {
  const from = node.kind === 'custom' ? definitions.importOf(node.name) : undefined;
  const chain = [place(node, 'used'), ...(from === undefined ? [] : [place(from, 'imported')])];
  return withRelated(diagnostics, chain);
}

function withRelated(diagnostics: readonly Diagnostic[], chain: readonly Related[]): readonly Diagnostic[] {
  return diagnostics.map((one) => ({ ...one, related: [...(one.related ?? []), ...chain] }));
}

function place({ source, block, id }: GraphNode, how: 'used' | 'imported'): Related {
  return { source, range: headRange(block), message: `${how} here as \`${id}\`` };
}
