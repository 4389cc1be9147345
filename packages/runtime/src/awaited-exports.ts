import { containsHole, type Value } from '@pewter/language';
import type { ConfigGraph } from './graph.ts';

/** Why a node has no arguments although nothing in its text is wrong: what it refers to has not come, or is wrong itself. */
export function waitsFor(id: string, graph: ConfigGraph, exportsOf: (id: string) => Value): string {
  const from = (graph.predecessors(id) ?? []).find((one) => containsHole(exportsOf(one)));
  if (from === undefined) return 'it depends on something that could not be evaluated';
  return `it waits for what \`${from}\` exports`;
}
