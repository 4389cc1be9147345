type Labels = ReadonlyMap<string, string>;

/** A place where a service's name is looked for. */
interface Source {
  /** What it is made from, for people. */
  readonly from: string;
  name(labels: Labels): string | undefined;
}

function label(from: string): Source {
  return { from, name: (labels) => labels.get(from) };
}

const [namespaceLabel, containerLabel] = [
  '__meta_kubernetes_namespace',
  '__meta_kubernetes_pod_container_name',
];

/** In the order of the page of pyroscope.scrape. */
const sources: readonly Source[] = [
  label('__meta_kubernetes_pod_annotation_pyroscope_io_service_name'),
  {
    from: `${namespaceLabel}/${containerLabel}`,
    name(labels) {
      const [namespace, container] = [labels.get(namespaceLabel), labels.get(containerLabel)];
      return namespace && container ? `${namespace}/${container}` : undefined;
    },
  },
  label('__meta_docker_container_name'),
  label('__meta_dockerswarm_container_label_service_name'),
  label('__meta_dockerswarm_service_name'),
];

/** The service name of a target that does not give one; an empty source counts as missing. */
export function inferServiceName(labels: Labels): string {
  return serviceNameOf(labels).name;
}

/** The service name of a target, and where it comes from: a label, or undefined where nothing names it. */
export function serviceNameOf(labels: Labels): { readonly name: string; readonly from: string | undefined } {
  for (const source of sources) {
    const name = source.name(labels);
    if (name) return { name, from: source.from };
  }
  return { name: 'unspecified', from: undefined };
}
