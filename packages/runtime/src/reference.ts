import { type Body, type Expression, type Identifier, type Range, walk } from '@pewter/syntax';

/** `a.b.c` as it stands in an expression: a chain of names, from its root on. */
export interface NameChain {
  readonly names: readonly Identifier[];
  readonly range: Range;
}

/** All chains of names in the expressions of a body and of the blocks inside it, in source order. */
export function nameChains(body: Body): readonly NameChain[] {
  const found: NameChain[] = [];
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind !== 'identifier' && node.kind !== 'access') return true;
      const chain = chainOf(node);
      if (chain !== undefined) found.push(chain);
      return chain === undefined;
    });
  }
  return found;
}

function chainOf(expression: Expression): NameChain | undefined {
  if (expression.kind === 'identifier') return { names: [expression], range: expression.range };
  if (expression.kind !== 'access') return undefined;
  const inner = chainOf(expression.object);
  return inner && { names: [...inner.names, expression.name], range: expression.range };
}
