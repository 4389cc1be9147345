import { Target } from './target.ts';

/**
 * Processes with the labels of the container they run in laid over their own; an empty value takes a label away. Each
 * joined target that found no process stands alone, and so does one without a container id. The reference lists a
 * container that was joined once more on its own; here a process and its container are one target.
 */
export function joinContainers(processes: readonly Target[], joined: readonly Target[]): readonly Target[] {
  const containers = new Map<string, Target>();
  const others: Target[] = [];
  for (const target of joined) {
    const id = containerIdOf(target);
    if (id === undefined) others.push(target);
    else containers.set(id, target);
  }
  const found = new Set<string>();
  const merged = processes.map((process) => {
    const id = process.get('__container_id__') ?? '';
    const container = containers.get(id);
    if (container === undefined) return process;
    found.add(id);
    return overlaid(process, container);
  });
  const alone = [...containers].filter(([id]) => !found.has(id)).map(([, target]) => target);
  return [...others, ...merged, ...alone];
}

function overlaid(process: Target, container: Target): Target {
  const labels = process.labels();
  for (const [name, value] of container) {
    if (value === '') labels.delete(name);
    else labels.set(name, value);
  }
  return new Target(labels);
}

function containerIdOf(target: Target): string | undefined {
  const own = target.get('__container_id__');
  if (own) return own;
  const kubernetes = target.get('__meta_kubernetes_pod_container_id');
  if (kubernetes) return /^(?:docker|containerd|cri-o):\/\/(.+)$/.exec(kubernetes)?.[1];
  return target.get('__meta_docker_container_id') || undefined;
}
