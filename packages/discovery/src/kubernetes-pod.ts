import { labelName } from './label-name.ts';
import { type Fields, items, numberOf, record, textEntries, textOf } from './untrusted.ts';

const prefix = '__meta_kubernetes_';

/** Labels while they are being put together. */
export type Labels = Map<string, string>;

/** Name, labels and annotations of an object: `L(kind)` of the fact sheet. */
export function objectLabels(kind: string, object: unknown): Labels {
  const metadata = record(record(object).metadata);
  const labels: Labels = new Map([[`${prefix}${kind}_name`, textOf(metadata.name)]]);
  for (const [part, entries] of [
    ['label', metadata.labels],
    ['annotation', metadata.annotations],
  ] as const) {
    for (const [key, value] of textEntries(entries)) {
      labels.set(labelName(`${prefix}${kind}_${part}_`, key), value);
      labels.set(labelName(`${prefix}${kind}_${part}present_`, key), 'true');
    }
  }
  return labels;
}

/** The namespace of an object as a label. */
export function namespaceLabel(object: unknown): readonly [string, string] {
  return [`${prefix}namespace`, textOf(record(record(object).metadata).namespace)];
}

/** What every target of a pod has: `P` of the fact sheet. */
export function podLabels(pod: Fields): Labels {
  const { status, spec, metadata } = {
    status: record(pod.status),
    spec: record(pod.spec),
    metadata: record(pod.metadata),
  };
  const own: readonly (readonly [string, unknown])[] = [
    ['pod_ip', status.podIP],
    ['pod_ready', readiness(status)],
    ['pod_phase', status.phase],
    ['pod_node_name', spec.nodeName],
    ['pod_host_ip', status.hostIP],
    ['pod_uid', metadata.uid],
  ];
  const labels = new Map(own.map(([name, value]) => [prefix + name, textOf(value)] as const));
  for (const [name, value] of objectLabels('pod', pod)) labels.set(name, value);
  const owner = items(metadata.ownerReferences)
    .map(record)
    .find(({ controller }) => controller === true);
  for (const part of ['kind', 'name']) {
    const value = textOf(owner?.[part]);
    if (value !== '') labels.set(`${prefix}pod_controller_${part}`, value);
  }
  return labels;
}

function readiness(status: Fields): string {
  const condition = items(status.conditions)
    .map(record)
    .find(({ type }) => type === 'Ready');
  return condition === undefined ? 'unknown' : textOf(condition.status).toLowerCase();
}

/** A container of a pod with one of its ports, or with none. */
export interface PodPort {
  readonly container: Fields;
  readonly init: boolean;
  /** Undefined for a container without ports. */
  readonly port: Fields | undefined;
  /** What the runtime calls the container; empty before it runs. */
  readonly id: string;
}

/** Every port of every container; containers first, then init containers. */
export function podPorts(pod: Fields): readonly PodPort[] {
  const { spec, status } = { spec: record(pod.spec), status: record(pod.status) };
  const groups = [
    { containers: spec.containers, statuses: status.containerStatuses, init: false },
    { containers: spec.initContainers, statuses: status.initContainerStatuses, init: true },
  ];
  return groups.flatMap(({ containers, statuses, init }): readonly PodPort[] =>
    items(containers)
      .map(record)
      .flatMap((container): readonly PodPort[] => {
        const running = items(statuses)
          .map(record)
          .find(({ name }) => name === container.name);
        const base = { container, init, id: textOf(running?.containerID) };
        const ports = items(container.ports).map(record);
        return ports.length === 0 ? [{ ...base, port: undefined }] : ports.map((port) => ({ ...base, port }));
      }),
  );
}

/** The labels of a container and its port; an endpoint's container goes without its id. */
export function containerLabels({ container, init, port, id }: PodPort, withId: boolean): Labels {
  const labels = new Map([
    [`${prefix}pod_container_name`, textOf(container.name)],
    [`${prefix}pod_container_image`, textOf(container.image)],
    [`${prefix}pod_container_init`, String(init)],
  ]);
  if (withId) labels.set(`${prefix}pod_container_id`, id);
  if (port === undefined) return labels;
  labels.set(`${prefix}pod_container_port_name`, textOf(port.name));
  labels.set(`${prefix}pod_container_port_number`, numberOf(port.containerPort));
  return labels.set(`${prefix}pod_container_port_protocol`, textOf(port.protocol));
}
