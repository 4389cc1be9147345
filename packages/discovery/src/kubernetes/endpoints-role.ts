import { namespaceLabel, objectLabels } from '../kubernetes-pod.ts';
import { hostPort } from '../label-name.ts';
import { Target } from '../target.ts';
import { type Fields, items, numberOf, record, textOf } from '../untrusted.ts';
import { EndpointPods, serviceKey } from './endpoint-pods.ts';
import { metaLabels } from './labels.ts';
import { namespaceMetadata, nodeMetadata, type Role, type RoleContext } from './role.ts';

/** A target for each address and port of each subset, then for the other ports of the pods behind them. */
export const endpointsRole: Role = {
  resource: 'endpoints',
  also: ['pods', 'services'],
  source: 'endpoints',
  targets(endpoints, context) {
    const pods = new EndpointPods(context);
    const shared = sharedLabels(endpoints, context);
    const own = items(endpoints.subsets)
      .map(record)
      .flatMap((subset) => addressed(subset))
      .map((one) => new Target(labelsOf(one, pods, context), shared));
    return [...own, ...pods.rest(shared)];
  },
};

interface Addressed {
  readonly address: Fields;
  readonly port: Fields;
  readonly ready: boolean;
}

function addressed(subset: Fields): readonly Addressed[] {
  const addresses = [
    ...items(subset.addresses).map((one) => ({ address: record(one), ready: true })),
    ...items(subset.notReadyAddresses).map((one) => ({ address: record(one), ready: false })),
  ];
  return items(subset.ports)
    .map(record)
    .flatMap((port) => addresses.map((one) => ({ ...one, port })));
}

function labelsOf({ address, port, ready }: Addressed, pods: EndpointPods, context: RoleContext) {
  const refers = record(address.targetRef);
  const toNode = refers.kind === 'Node' ? refers.name : undefined;
  const referred = address.targetRef != null;
  return new Map([
    ['__address__', hostPort(textOf(address.ip), numberOf(port.port))],
    ...metaLabels({
      endpoint_port_name: textOf(port.name),
      endpoint_port_protocol: textOf(port.protocol),
      endpoint_ready: ready,
      endpoint_address_target_kind: referred ? textOf(refers.kind) : undefined,
      endpoint_address_target_name: referred ? textOf(refers.name) : undefined,
      endpoint_node_name: address.nodeName,
      endpoint_hostname: address.hostname || undefined,
    }),
    ...(nodeMetadata(address.nodeName ?? toNode, context) ?? []),
    ...pods.labels(address.targetRef, numberOf(port.port), textOf(port.protocol)),
  ]);
}

function sharedLabels(endpoints: Fields, context: RoleContext): Map<string, string> {
  const service = context.lookup('services', serviceKey(endpoints, textOf(record(endpoints.metadata).name)));
  return new Map([
    namespaceLabel(endpoints),
    ...(service === undefined ? [] : objectLabels('service', service)),
    ...objectLabels('endpoints', endpoints),
    ...namespaceMetadata(endpoints, context),
  ]);
}
