import type { Attribute, Diagnostic } from '@pewter/syntax';
import type { CustomNode } from './node.ts';
import { problem } from './problem.ts';

/** A custom component as it is taken: of an argument that is given more than once the last counts, as in the reference. */
export function lastArguments(node: CustomNode): {
  readonly node: CustomNode;
  readonly diagnostics: readonly Diagnostic[];
} {
  const last = new Map<string, Attribute>();
  for (const one of node.block.body) if (one.kind === 'attribute') last.set(one.name.name, one);
  const isIdle = (one: Attribute) => last.get(one.name.name) !== one;
  const idle = node.block.body.filter((one) => one.kind === 'attribute' && isIdle(one));
  if (idle.length === 0) return { node, diagnostics: [] };
  const body = node.block.body.filter((one) => !idle.includes(one));
  return {
    node: { ...node, block: { ...node.block, body } },
    diagnostics: idle.map((one) => replaced(node, one as Attribute, last)),
  };
}

function replaced({ source }: CustomNode, { name }: Attribute, last: ReadonlyMap<string, Attribute>) {
  const message = `the argument \`${name.name}\` is given again, and this one has no effect`;
  const range = last.get(name.name)?.name.range ?? name.range;
  return problem('W0605', message, source, name.range, {
    hint: 'take one of them out',
    related: [{ source, range, message: 'given again here' }],
  });
}
