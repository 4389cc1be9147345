import { containerLabels, type PodPort, podLabels, podPorts } from '../kubernetes-pod.ts';
import { hostPort } from '../label-name.ts';
import { Target } from '../target.ts';
import { type Fields, numberOf, record, textOf } from '../untrusted.ts';
import { prefix } from './labels.ts';
import { objectKey, type RoleContext } from './role.ts';

/** The pods behind the endpoints of one object, and the ports by which endpoints reach them. */
export class EndpointPods {
  readonly #context: RoleContext;
  readonly #seen = new Map<string, { readonly pod: Fields; readonly ports: Set<string> }>();

  constructor(context: RoleContext) {
    this.#context = context;
  }

  /**
   * The labels of the pod that an address refers to, with those of the container at that port; none for no pod. A
   * `protocol` counts in place of the container's own.
   */
  labels(targetRef: unknown, port: string | undefined, protocol?: string): ReadonlyMap<string, string> {
    const { kind, name, namespace } = record(targetRef);
    if (kind !== 'Pod') return new Map();
    const pod = this.#context.lookup('pods', `${textOf(namespace)}/${textOf(name)}`);
    if (pod === undefined) return new Map();
    const key = objectKey(pod);
    const { ports } = this.#seen.get(key) ?? { ports: new Set() };
    this.#seen.set(key, { pod, ports });
    if (port === undefined) return podLabels(pod);
    ports.add(port);
    const labels = podLabels(pod);
    for (const one of firstOfEachContainer(portsOf(pod).filter(({ number }) => number === port)))
      for (const entry of containerLabels(one, false)) labels.set(...entry);
    if (protocol !== undefined && labels.has(protocolLabel)) labels.set(protocolLabel, protocol);
    return labels;
  }

  /** A target for every port of a container of these pods that no endpoint leads to. */
  rest(shared: ReadonlyMap<string, string>): readonly Target[] {
    return [...this.#seen.values()].flatMap(({ pod, ports }) => {
      const address = textOf(record(pod.status).podIP);
      const others = portsOf(pod).filter(({ number }) => address !== '' && !ports.has(number));
      return others.map((one) => {
        const labels = new Map([...containerLabels(one, false), ...podLabels(pod)]);
        return new Target(labels.set('__address__', hostPort(address, one.number)), shared);
      });
    });
  }
}

function portsOf(pod: Fields) {
  return podPorts(pod)
    .filter(({ port }) => port !== undefined)
    .map((one) => ({ ...one, number: numberOf(one.port?.containerPort) }));
}

function firstOfEachContainer<P extends PodPort>(ports: readonly P[]): readonly P[] {
  return ports.filter(
    ({ container }, index) => ports.findIndex((other) => other.container === container) === index,
  );
}

const protocolLabel = `${prefix}pod_container_port_protocol`;

/** How the service of that name in the namespace of an object is referred to. */
export function serviceKey(object: Fields, name: string): string {
  return `${textOf(record(object.metadata).namespace)}/${name}`;
}
