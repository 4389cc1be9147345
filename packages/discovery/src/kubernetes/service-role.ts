import { namespaceLabel, objectLabels } from '../kubernetes-pod.ts';
import { Target } from '../target.ts';
import { items, numberOf, record, textOf } from '../untrusted.ts';
import { metaLabels } from './labels.ts';
import { namespaceMetadata, type Role } from './role.ts';

/** A target for each port, addressed by the name that the cluster's DNS has for it. */
export const serviceRole: Role = {
  resource: 'services',
  also: [],
  source: 'svc',
  targets(service, context) {
    const { metadata, spec } = { metadata: record(service.metadata), spec: record(service.spec) };
    const type = textOf(spec.type);
    const own = {
      service_type: type,
      ...(type === 'ExternalName'
        ? { service_external_name: textOf(spec.externalName) }
        : { service_cluster_ip: textOf(spec.clusterIP) }),
      ...(type === 'LoadBalancer' && { service_loadbalancer_ip: textOf(spec.loadBalancerIP) }),
    };
    const shared = new Map([
      namespaceLabel(service),
      ...objectLabels('service', service),
      ...namespaceMetadata(service, context),
    ]);
    const host = `${textOf(metadata.name)}.${textOf(metadata.namespace)}.svc`;
    return items(spec.ports)
      .map(record)
      .map(({ name, port, protocol }) => {
        const labels = metaLabels({
          ...own,
          service_port_name: textOf(name),
          service_port_number: numberOf(port),
          service_port_protocol: textOf(protocol),
        });
        return new Target(labels.set('__address__', `${host}:${numberOf(port)}`), shared);
      });
  },
};
