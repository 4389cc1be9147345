import { headRange } from '@pewter/language';
import { type Block, blockName, type Diagnostic, type Related } from '@pewter/syntax';
import type { ModuleTemplate } from './definitions.ts';
import type { CustomNode } from './node.ts';
import { nameChains } from './reference.ts';

/** Diagnostics of a custom component's body; where one misses an argument, with where it is declared and used. */
export function explainMissing(
  diagnostics: readonly Diagnostic[],
  node: CustomNode,
  template: ModuleTemplate,
): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => code === 'E0401')) return diagnostics;
  const given = new Set(node.block.body.flatMap((one) => (one.kind === 'attribute' ? [one.name.name] : [])));
  const missing = template.body.filter(
    (one): one is Block =>
      one.kind === 'block' && blockName(one) === 'argument' && !given.has(one.label?.value ?? ''),
  );
  return diagnostics.map((one) => {
    const argument = missing.find(({ label }) => one.message.includes(`argument \`${label?.value}\` `));
    return one.code === 'E0401' && argument !== undefined
      ? { ...one, related: [...(one.related ?? []), ...placesOf(argument, template)] }
      : one;
  });
}

function placesOf(argument: Block, { body, source }: ModuleTemplate): readonly Related[] {
  const name = argument.label?.value;
  const users = nameChains(body).filter(
    ({ names: [first, second] }) => first?.name === 'argument' && second?.name === name,
  );
  return [
    { source, range: headRange(argument), message: 'declared here' },
    ...users.map(({ range }) => ({ source, range, message: 'needed here' })),
  ];
}
