import { containerLabels, namespaceLabel, podLabels, podPorts } from './kubernetes-pod.ts';
import { hostPort } from './label-name.ts';
import { Target } from './target.ts';
import { type Fields, numberOf, record, textOf } from './untrusted.ts';

/** A target for each port of each container of a pod; none while the pod has no address. `more` is for all of them. */
export function podTargets(pod: Fields, more: ReadonlyMap<string, string> = new Map()): readonly Target[] {
  const address = textOf(record(pod.status).podIP);
  if (address === '') return [];
  const shared = new Map([...podLabels(pod), namespaceLabel(pod), ...more]);
  return podPorts(pod).map((one) => {
    const at = one.port === undefined ? address : hostPort(address, numberOf(one.port.containerPort));
    return new Target(new Map([['__address__', at], ...containerLabels(one, true)]), shared);
  });
}
