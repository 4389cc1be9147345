import type { SharedOptions } from './controller-options.ts';
import type { InstanceHost } from './instance.ts';
import type { Network } from './outside.ts';
import { tracedNetwork } from './traced-network.ts';

/** The id of what is in the module at this path, from the root on. */
export function idBelow(path: string, id: string): string {
  return path === '' ? id : `${path}/${id}`;
}

/** What the instances of the module at this path are made with. */
export function instanceHost(
  shared: SharedOptions,
  path: string,
  exportsChanged: InstanceHost['exportsChanged'],
): InstanceHost {
  return {
    clock: shared.outside.clock,
    contextFor: ({ id }) => ({
      ...shared.outside,
      network: networkFor(shared, { component_id: id, component_path: `/${path}` }),
      id: idBelow(path, id),
      logger: shared.logger.child({ component_path: `/${path}`, component_id: id }),
      dataPath: `${shared.storagePath}/${idBelow(path, id)}`,
    }),
    build: (node, context, args) =>
      node.kind === 'component'
        ? shared.implementations.of(node.definition).build(context, args)
        : shared.buildModule(node, context, args, shared, idBelow(path, node.id)),
    exportsChanged,
  };
}

function networkFor(
  { outside, tracer }: SharedOptions,
  attributes: Readonly<Record<string, string>>,
): Network {
  return tracer === undefined ? outside.network : tracedNetwork(outside.network, tracer, attributes);
}
