/** A rule as both programs of the benchmark take it; what is absent has its default. */
export interface BenchRule {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: string;
}

const meta = '__meta_kubernetes';

/** Twelve rules as configs for the pods of a cluster have them. */
export const kubernetesRules: readonly BenchRule[] = [
  {
    source_labels: [`${meta}_pod_annotation_profiles_grafana_com_cpu_scrape`],
    regex: 'true',
    action: 'keep',
  },
  {
    source_labels: [`${meta}_pod_phase`],
    regex: 'Pending|Succeeded|Failed|Completed',
    action: 'drop',
  },
  { source_labels: [`${meta}_pod_container_init`], regex: 'true', action: 'drop' },
  {
    source_labels: [`${meta}_pod_annotation_profiles_grafana_com_cpu_scheme`],
    regex: '(https?)',
    target_label: '__scheme__',
  },
  {
    source_labels: [`${meta}_pod_annotation_profiles_grafana_com_cpu_path`],
    regex: '(.+)',
    target_label: '__profile_path__',
  },
  {
    source_labels: ['__address__', `${meta}_pod_annotation_profiles_grafana_com_cpu_port`],
    regex: '([^:]+)(?::\\d+)?;(\\d+)',
    replacement: '$1:$2',
    target_label: '__address__',
  },
  { regex: `${meta}_pod_label_(.+)`, action: 'labelmap' },
  { source_labels: [`${meta}_namespace`], target_label: 'namespace' },
  { source_labels: [`${meta}_pod_name`], target_label: 'pod' },
  { source_labels: [`${meta}_pod_node_name`], target_label: 'node' },
  {
    source_labels: [`${meta}_namespace`, `${meta}_pod_label_app_kubernetes_io_name`],
    separator: '/',
    target_label: 'service_name',
  },
  { regex: 'pod_template_hash|controller_revision_hash', action: 'labeldrop' },
];

/** Targets of pods as `discovery.kubernetes` gives them, each of 40 labels; one in ten is dropped by the rules. */
export function kubernetesTargets(count: number): readonly Readonly<Record<string, string>>[] {
  return Array.from({ length: count }, (_, index) => podTarget(index));
}

function podTarget(index: number): Readonly<Record<string, string>> {
  const name = `service-${index % 40}`;
  const pod = `${name}-7d4b9c6f5-${index.toString(36).padStart(5, '0')}`;
  const annotation = (key: string) => `${meta}_pod_annotation_profiles_grafana_com_cpu_${key}`;
  const labels: Record<string, string> = {
    __address__: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}:8080`,
    [`${meta}_namespace`]: `team-${index % 12}`,
    [`${meta}_pod_name`]: pod,
    [`${meta}_pod_ip`]: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    [`${meta}_pod_ready`]: 'true',
    [`${meta}_pod_phase`]: index % 10 === 9 ? 'Succeeded' : 'Running',
    [`${meta}_pod_node_name`]: `node-${index % 200}.cluster.internal`,
    [`${meta}_pod_host_ip`]: `192.168.0.${index % 200}`,
    [`${meta}_pod_uid`]: `0b6f2f0e-1d1f-4e57-9d5b-${index.toString(16).padStart(12, '0')}`,
    [`${meta}_pod_controller_kind`]: 'ReplicaSet',
    [`${meta}_pod_controller_name`]: `${name}-7d4b9c6f5`,
    [`${meta}_pod_container_name`]: 'app',
    [`${meta}_pod_container_id`]: `containerd://${index.toString(16).padStart(64, 'a')}`,
    [`${meta}_pod_container_image`]: `registry.example.com/${name}:1.${index % 30}.0`,
    [`${meta}_pod_container_init`]: 'false',
    [`${meta}_pod_container_port_name`]: 'http',
    [`${meta}_pod_container_port_number`]: '8080',
    [`${meta}_pod_container_port_protocol`]: 'TCP',
    [annotation('scrape')]: 'true',
    [annotation('port')]: '6060',
    [annotation('scheme')]: 'http',
    [annotation('path')]: '/debug/pprof/profile',
  };
  for (const [key, value] of Object.entries(podLabels(name))) {
    labels[`${meta}_pod_label_${key}`] = value;
    labels[`${meta}_pod_labelpresent_${key}`] = 'true';
  }
  for (const key of ['scrape', 'port', 'scheme', 'path']) {
    labels[annotation(key).replace('_annotation_', '_annotationpresent_')] = 'true';
  }
  return labels;
}

function podLabels(name: string): Readonly<Record<string, string>> {
  return {
    app_kubernetes_io_name: name,
    app_kubernetes_io_instance: `${name}-main`,
    app_kubernetes_io_version: '1.4.2',
    app_kubernetes_io_component: 'server',
    app_kubernetes_io_managed_by: 'Helm',
    pod_template_hash: '7d4b9c6f5',
    team: 'payments',
  };
}
