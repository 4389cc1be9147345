import { namespaceLabel, objectLabels } from '../kubernetes-pod.ts';
import { hostPort, labelName } from '../label-name.ts';
import { Target } from '../target.ts';
import { type Fields, items, record, textEntries, textOf } from '../untrusted.ts';
import { EndpointPods, serviceKey } from './endpoint-pods.ts';
import { metaLabels, prefix } from './labels.ts';
import { namespaceMetadata, nodeMetadata, type Role, type RoleContext } from './role.ts';

/** A target for each address of each endpoint and port, then for the other ports of the pods behind them. */
export const endpointsliceRole: Role = {
  resource: 'endpointslices',
  also: ['pods', 'services'],
  source: 'endpointslice',
  targets(slice, context) {
    const name = textOf(record(record(slice.metadata).labels)['kubernetes.io/service-name']);
    const service = name === '' ? undefined : context.lookup('services', serviceKey(slice, name));
    if (isSecondary(slice, service)) return [];
    const pods = new EndpointPods(context);
    const shared = new Map([
      namespaceLabel(slice),
      ...metaLabels({ endpointslice_address_type: textOf(slice.addressType) }),
      ...objectLabels('endpointslice', slice),
      ...namespaceMetadata(slice, context),
      ...(service === undefined ? [] : objectLabels('service', service)),
    ]);
    const own = addressed(slice).map((one) => new Target(labelsOf(one, pods, context), shared));
    return [...own, ...pods.rest(shared)];
  },
};

/** A service of two IP families has slices of both, and the same pods in each: those of the first are enough. */
function isSecondary(slice: Fields, service: Fields | undefined): boolean {
  const { ipFamilyPolicy: policy, ipFamilies } = record(service?.spec);
  const [first] = items(ipFamilies);
  return dualStack.has(textOf(policy)) && first !== undefined && slice.addressType !== first;
}

const dualStack: ReadonlySet<string> = new Set(['PreferDualStack', 'RequireDualStack']);

interface Addressed {
  readonly address: string;
  readonly endpoint: Fields;
  readonly port: Fields;
}

function addressed(slice: Fields): readonly Addressed[] {
  const ports = items(slice.ports).map(record);
  return items(slice.endpoints)
    .map(record)
    .flatMap((endpoint) =>
      ports.flatMap((port) =>
        items(endpoint.addresses).map((address) => ({ address: textOf(address), endpoint, port })),
      ),
    );
}

function labelsOf(
  { address, endpoint, port }: Addressed,
  pods: EndpointPods,
  context: RoleContext,
): Map<string, string> {
  const number = port.port == null ? undefined : textOf(port.port);
  const refers = record(endpoint.targetRef);
  const node = refers.kind === 'Node' ? refers.name : endpoint.nodeName;
  return new Map([
    ['__address__', number === undefined ? address : hostPort(address, number)],
    ...metaLabels({
      endpointslice_port_name: port.name,
      endpointslice_port_protocol: port.protocol,
      endpointslice_port: number,
      endpointslice_port_app_protocol: port.appProtocol,
    }),
    ...endpointLabels(endpoint),
    ...(nodeMetadata(node, context) ?? []),
    ...pods.labels(endpoint.targetRef, number),
  ]);
}

function endpointLabels(endpoint: Fields): Map<string, string> {
  const conditions = record(endpoint.conditions);
  const refers = record(endpoint.targetRef);
  const referred = endpoint.targetRef != null;
  const labels = metaLabels({
    endpointslice_endpoint_conditions_ready: conditions.ready,
    endpointslice_endpoint_conditions_serving: conditions.serving,
    endpointslice_endpoint_conditions_terminating: conditions.terminating,
    endpointslice_endpoint_hostname: endpoint.hostname,
    endpointslice_address_target_kind: referred ? textOf(refers.kind) : undefined,
    endpointslice_address_target_name: referred ? textOf(refers.name) : undefined,
    endpointslice_endpoint_node_name: endpoint.nodeName,
    endpointslice_endpoint_zone: endpoint.zone,
  });
  for (const [key, value] of textEntries(endpoint.deprecatedTopology)) {
    labels.set(labelName(`${prefix}endpointslice_endpoint_topology_`, key), value);
    labels.set(labelName(`${prefix}endpointslice_endpoint_topology_present_`, key), 'true');
  }
  return labels;
}
