type Labels = ReadonlyMap<string, string>;

/** Where a service's name is looked for, in the order of the page of pyroscope.scrape. */
const sources: readonly ((labels: Labels) => string | undefined)[] = [
  (labels) => labels.get('__meta_kubernetes_pod_annotation_pyroscope_io_service_name'),
  (labels) => {
    const namespace = labels.get('__meta_kubernetes_namespace');
    const container = labels.get('__meta_kubernetes_pod_container_name');
    return namespace && container ? `${namespace}/${container}` : undefined;
  },
  (labels) => labels.get('__meta_docker_container_name'),
  (labels) => labels.get('__meta_dockerswarm_container_label_service_name'),
  (labels) => labels.get('__meta_dockerswarm_service_name'),
];

/** The service name of a target that does not give one; an empty source counts as missing. */
export function inferServiceName(labels: Labels): string {
  for (const source of sources) {
    const name = source(labels);
    if (name) return name;
  }
  return 'unspecified';
}
