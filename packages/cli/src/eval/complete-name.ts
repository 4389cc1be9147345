import { asObject, FunctionValue, type Scope, type Value } from '@pewter/language';

/** What could stand at the end of a line: the candidates, and the part of the line that they replace. */
export function completeName(line: string, scope: Scope): [candidates: string[], replaced: string] {
  const typed = /[\p{L}\p{Nd}_.]*$/u.exec(line)?.[0] ?? '';
  const names = typed.split('.');
  const start = names.pop() ?? '';
  const path = names.map((name) => `${name}.`).join('');
  const candidates = membersOf(names, scope)
    .filter(([name]) => name.startsWith(start))
    .map(([name, value]) => path + name + suffixOf(value))
    .sort();
  return [candidates, typed];
}

function membersOf(path: readonly string[], scope: Scope): (readonly [string, Value])[] {
  const [first, ...rest] = path;
  if (first === undefined) return scope.names().map((name) => [name, scope.lookup(name) ?? null] as const);
  let value = scope.lookup(first);
  for (const name of rest) value = value === undefined ? undefined : asObject(value)?.get(name);
  return value === undefined ? [] : [...(asObject(value)?.entries ?? [])];
}

function suffixOf(value: Value): string {
  if (value instanceof FunctionValue) return '(';
  return asObject(value) === undefined ? '' : '.';
}
