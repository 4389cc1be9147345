import { equal, ObjectValue, type Value } from '@pewter/language';
import type { GraphNode } from './node.ts';

/** What the template of a `foreach`, and what is declared in it, sees of what is around it. */
export interface Around {
  /** The item, and those of the foreachs around, by their names. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Exports of the modules around, by id. */
  readonly outer: ReadonlyMap<string, Value>;
}

/** What a running module is given from outside. */
export interface ModuleInputs extends Around {
  /** Of a custom component, by name. */
  readonly arguments: ReadonlyMap<string, Value>;
}

/** The same with the item of a foreach, which hides what has its name. */
export function withItem({ variables, outer }: Around, name: string | undefined, item: Value): Around {
  if (name === undefined) return { variables, outer };
  const visible = [...outer].filter(([id]) => id.split('.')[0] !== name);
  return { variables: new Map([...variables, [name, item]]), outer: new Map(visible) };
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
