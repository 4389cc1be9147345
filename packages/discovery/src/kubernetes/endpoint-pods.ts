import { containerLabels, podLabels, podPorts } from '../kubernetes-pod.ts';
import { hostPort } from '../label-name.ts';
import { Target } from '../target.ts';
import { type Fields, record, textOf } from '../untrusted.ts';
import { objectKey, type RoleContext } from './role.ts';

/** The pods behind the endpoints of one object, and the ports by which endpoints reach them. */
export class EndpointPods {
  readonly #context: RoleContext;
  readonly #seen = new Map<string, { readonly pod: Fields; readonly ports: Set<string> }>();

  constructor(context: RoleContext) {
    this.#context = context;
  }

  /** The labels of the pod that an address refers to, with those of the container at that port; none for no pod. */
  labels(targetRef: unknown, port: unknown): ReadonlyMap<string, string> {
    const { kind, name, namespace } = record(targetRef);
    if (kind !== 'Pod') return new Map();
    const pod = this.#context.lookup('pods', `${textOf(namespace)}/${textOf(name)}`);
    if (pod === undefined) return new Map();
    const key = objectKey(pod);
    const ports = this.#seen.get(key)?.ports ?? new Set();
    this.#seen.set(key, { pod, ports: ports.add(textOf(port)) });
    const labels = podLabels(pod);
    for (const one of portsOf(pod)) {
      if (one.number !== textOf(port)) continue;
      for (const [label, value] of containerLabels(one, false)) labels.set(label, value);
    }
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
    .map((one) => ({ ...one, number: textOf(one.port?.containerPort) }));
}

/** How the service of that name in the namespace of an object is referred to. */
export function serviceKey(object: Fields, name: string): string {
  return `${textOf(record(object.metadata).namespace)}/${name}`;
}
