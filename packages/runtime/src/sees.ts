import type { ModuleConfig } from './module-config.ts';
import type { ForeachNode } from './node.ts';
import type { NameChain } from './reference.ts';
import { allArguments, resolveChain } from './resolve.ts';

/** What the template of a foreach sees besides its own: its item, and whatever stands around the foreach. */
export function seesFor(
  { variable }: ForeachNode,
  { nodes, sees }: Pick<ModuleConfig, 'nodes' | 'sees'>,
): (chain: NameChain) => boolean {
  if (variable === undefined) return () => true;
  return (chain) =>
    chain.names[0]?.name === variable ||
    resolveChain(chain, nodes) !== undefined ||
    allArguments(chain, nodes).length > 0 ||
    sees(chain);
}
