import { type Body, blockName, parse, type SourceFile } from '@pewter/syntax';
import type { ComponentDefinition } from './component.ts';
import type { SharedOptions } from './controller-options.ts';

/**
 * Reads the code of all components that these texts name, also inside of their modules, so that building what they say
 * takes no waiting. Never rejects: what can not be read is told where it is built.
 */
export async function loadCode(
  bodies: readonly { readonly body: Body }[],
  { vocabulary, implementations }: Pick<SharedOptions, 'vocabulary' | 'implementations'>,
): Promise<void> {
  const named = new Set<ComponentDefinition>();
  const visit = (body: Body) => {
    for (const block of body) {
      if (block.kind !== 'block') continue;
      const name = blockName(block);
      const definition = vocabulary.registry.get(name);
      if (definition !== undefined) named.add(definition);
      if (modules.has(name)) visit(block.body);
    }
  };
  for (const { body } of bodies) visit(body);
  await Promise.all(Array.from(named, (one) => implementations.load(one)));
}

/** Blocks that hold the text of a module. */
const modules: ReadonlySet<string> = new Set(['declare', 'foreach', 'template']);

/** A text as {@link loadCode} takes it. */
export function bodyOf(text: SourceFile): { readonly body: Body } {
  return parse(text).file;
}
