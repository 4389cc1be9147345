const core = '/api/v1';

/** The kinds of objects that are read or watched, by the API group that they are in. */
export const groups = {
  pods: core,
  services: core,
  endpoints: core,
  nodes: core,
  namespaces: core,
  configmaps: core,
  secrets: core,
  endpointslices: '/apis/discovery.k8s.io/v1',
  ingresses: '/apis/networking.k8s.io/v1',
} as const;

/** A kind of objects, as the API names them in its paths. */
export type Resource = keyof typeof groups;

/** The path of all objects of a kind, in one namespace or, where that is empty, in all. */
export function resourcePath(resource: Resource, namespace: string): string {
  const inside = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groups[resource]}${inside}/${resource}`;
}
