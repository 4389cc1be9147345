import { podTargets } from '../pod-targets.ts';
import { record } from '../untrusted.ts';
import { namespaceMetadata, nodeMetadata, type Role } from './role.ts';

/** A target for each port of each container. A pod whose node is wanted and not known gives none, as in Prometheus. */
export const podRole: Role = {
  resource: 'pods',
  also: [],
  source: 'pod',
  targets(pod, context) {
    const node = nodeMetadata(record(pod.spec).nodeName, context);
    return node ? podTargets(pod, new Map([...namespaceMetadata(pod, context), ...node])) : [];
  },
};
