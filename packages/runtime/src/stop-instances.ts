import type { SharedOptions } from './controller-options.ts';
import type { ConfigGraph } from './graph.ts';
import type { ComponentInstance } from './instance.ts';
import { idBelow } from './instance-host.ts';
import { stopInOrder } from './stop-order.ts';

/** Stops these instances of one module, writers before what they write to; gives the ids of those that had not ended in time. */
export async function stopInstances(
  these: ReadonlyMap<string, ComponentInstance>,
  graph: ConfigGraph | undefined,
  { outside, patience, logger }: Pick<SharedOptions, 'outside' | 'patience' | 'logger'>,
  path: string,
): Promise<readonly string[]> {
  if (these.size === 0) return [];
  const left = await stopInOrder([...these.keys()], {
    clock: outside.clock,
    before: (id) => graph?.successors(id) ?? [],
    stop: async (id) => these.get(id)?.stop(),
    patience,
  });
  const ids = left.map((id) => idBelow(path, id));
  if (ids.length > 0) logger.warn({ components: ids }, 'components did not stop in time');
  return ids;
}
