import type { Diagnostic, Identifier } from '@pewter/syntax';
import { type ModuleConfig, moduleConfig, type Surroundings } from './module-config.ts';
import { type ForeachNode, isReferable, nameRange } from './node.ts';
import { problem } from './problem.ts';
import { nameChains } from './reference.ts';
import { seesFor } from './sees.ts';

/** The module that the template of a foreach makes for one item. */
export function foreachConfig(
  node: ForeachNode,
  around: ModuleConfig,
  given: Pick<Surroundings, 'vocabulary' | 'namespaceOf'>,
): ModuleConfig {
  const config = moduleConfig([{ source: node.source, body: node.template }], {
    ...given,
    place: 'foreach',
    folder: around.folder,
    parent: around.definitions,
    sees: seesFor(node, around),
  });
  return { ...config, diagnostics: [...config.diagnostics, ...hiddenBy(node, config)] };
}

/** Components that could not be referred to, since the item has the first part of their name. */
function hiddenBy({ variable, template }: ForeachNode, { nodes }: ModuleConfig): readonly Diagnostic[] {
  const hidden = [...nodes.values()].filter(
    (one) => isReferable(one) && one.name.split('.')[0] === variable && one.kind !== 'argument',
  );
  return hidden.map(({ id, block, source }) =>
    problem('E0607', `the item \`${variable}\` hides \`${id}\``, source, nameRange(block), {
      hint: 'give the item another name with `var`',
      related: nameChains(template)
        .filter(({ names }) => startsWith(names, id))
        .map(({ range }) => ({ source, range, message: 'referred to here' })),
    }),
  );
}

function startsWith(names: readonly Identifier[], id: string): boolean {
  return `${names.map(({ name }) => name).join('.')}.`.startsWith(`${id}.`);
}
