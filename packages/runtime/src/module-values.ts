import { equal, ObjectValue, type Value } from '@pewter/language';
import type { GraphNode } from './node.ts';

/** What a running module is given from outside. */
export interface ModuleInputs {
  /** Of a custom component, by name. */
  readonly arguments: ReadonlyMap<string, Value>;
  /** The item of a `foreach`, by its name. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Exports of the modules around, by id; only a `foreach` sees them. */
  readonly outer: ReadonlyMap<string, Value>;
}

export const noInputs: ModuleInputs = { arguments: new Map(), variables: new Map(), outer: new Map() };

/** The nodes that see another value than before: arguments that changed, or all where what is around did. */
export function touchedBy(
  nodes: Iterable<GraphNode>,
  before: ModuleInputs,
  after: ModuleInputs,
): readonly string[] {
  const all = !sameMap(before.variables, after.variables) || !sameMap(before.outer, after.outer);
  const touched = Array.from(nodes).filter(
    (node) => all || (node.kind === 'argument' && !sameInput(node.label, before, after)),
  );
  return touched.map((one) => one.id);
}

function sameInput(name: string, a: ModuleInputs, b: ModuleInputs): boolean {
  const [before, after] = [a.arguments.get(name), b.arguments.get(name)];
  return before === undefined || after === undefined ? before === after : equal(before, after);
}

function sameMap(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  return equal(new ObjectValue(a), new ObjectValue(b));
}
