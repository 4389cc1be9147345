import { ObjectValue, type Scope, type Value } from '@pewter/language';

/** What a body sees: what is around it, and these values under their dotted names. */
export function scopeFor(values: Iterable<readonly [id: string, value: Value]>, around: Scope): Scope {
  const top = new Map<string, Value>();
  const made = new Map<ObjectValue, Map<string, Value>>();
  for (const [id, value] of values) {
    const path = id.split('.');
    const last = path.pop() ?? id;
    let at = top;
    for (const name of path) at = below(at, name, made);
    at.set(last, value);
  }
  return around.child(top);
}

/** The names below a name; `made` knows the objects of this scope, which nothing has seen yet, by what they hold. */
function below(
  at: Map<string, Value>,
  name: string,
  made: Map<ObjectValue, Map<string, Value>>,
): Map<string, Value> {
  const there = at.get(name);
  const known = there instanceof ObjectValue ? made.get(there) : undefined;
  if (known !== undefined) return known;
  const entries = new Map<string, Value>();
  const object = new ObjectValue(entries);
  made.set(object, entries);
  at.set(name, object);
  return entries;
}
