import { ObjectValue, type Scope, type Value } from '@pewter/language';
import type { ConfigGraph } from './graph.ts';

/** A name's value, or the names below it. */
type Tree = Map<string, Tree | { readonly value: Value }>;

/**
 * What the body of a node sees: the standard library, and the exports of the components that it refers to
 * under their dotted names.
 */
export function scopeFor(
  id: string,
  graph: ConfigGraph,
  exportsOf: (id: string) => Value,
  standard: Scope,
): Scope {
  const tree: Tree = new Map();
  for (const dependency of graph.predecessors(id) ?? []) {
    const path = dependency.split('.');
    const last = path.pop() ?? dependency;
    subtree(tree, path).set(last, { value: exportsOf(dependency) });
  }
  return standard.child(new Map(entries(tree)));
}

function subtree(tree: Tree, path: readonly string[]): Tree {
  let at = tree;
  for (const name of path) {
    const below = at.get(name);
    const next: Tree = below instanceof Map ? below : new Map();
    at.set(name, next);
    at = next;
  }
  return at;
}

function entries(tree: Tree): [string, Value][] {
  return Array.from(tree, ([name, below]) => [
    name,
    below instanceof Map ? new ObjectValue(entries(below)) : below.value,
  ]);
}
