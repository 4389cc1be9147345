import { type Block, type Body, blockName, type Diagnostic, type SourceFile } from '@pewter/syntax';
import { type DeclareNode, nameRange } from './node.ts';
import { problem } from './problem.ts';

/** A module that is made inside of another. */
interface Use {
  readonly of: DeclareNode;
  readonly block: Block;
  readonly source: SourceFile;
}

/**
 * Modules that hold themselves, whether anything uses them or not, at the use that closes the circle. As in the reference, a
 * module inside of another is known by its name alone.
 */
export function recursiveDeclares(declares: readonly DeclareNode[]): ReadonlyMap<DeclareNode, Diagnostic> {
  const byName = new Map(declares.map((one) => [one.label, one]));
  const found = new Map<DeclareNode, Diagnostic>();
  const uses = new Map(declares.map((one) => [one, usesIn(one.template, one.source, byName)]));
  for (const declare of declares) {
    const closing = wayBack(declare, uses);
    if (closing !== undefined) found.set(declare, recursion(closing));
  }
  return found;
}

/** That a module is used inside of itself. */
export function recursion({ block, source }: Pick<Use, 'block' | 'source'>): Diagnostic {
  const message = `\`${blockName(block)}\` is used inside of itself`;
  return problem('E0605', message, source, nameRange(block), {
    hint: 'a module that holds itself would never end; take one of the uses out, or name one of two modules differently',
  });
}

function usesIn(body: Body, source: SourceFile, byName: ReadonlyMap<string, DeclareNode>): readonly Use[] {
  return body.flatMap((block): readonly Use[] => {
    if (block.kind !== 'block') return [];
    const name = blockName(block);
    if (name === 'declare' || name === 'template') return usesIn(block.body, source, byName);
    const of = byName.get(name.split('.')[0] ?? '');
    return of === undefined ? [] : [{ of, block, source }];
  });
}

/** The last use on a shortest way from a declare back to itself. */
function wayBack(start: DeclareNode, uses: ReadonlyMap<DeclareNode, readonly Use[]>): Use | undefined {
  const reached = new Set<DeclareNode>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const use of uses.get(at) ?? []) {
      if (use.of === start) return use;
      if (!reached.has(use.of)) queue.push(use.of);
      reached.add(use.of);
    }
  }
  return undefined;
}
