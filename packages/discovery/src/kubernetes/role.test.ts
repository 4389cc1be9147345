import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Target } from '../target.ts';
import type { Fields } from '../untrusted.ts';
import { endpointsliceRole } from './endpointslice-role.ts';
import { ingressRole } from './ingress-role.ts';
import { nodeRole } from './node-role.ts';
import { podRole } from './pod-role.ts';
import type { RoleContext } from './role.ts';
import { roles } from './roles.ts';

const context = (objects: Readonly<Record<string, Fields>> = {}, node = false): RoleContext => ({
  lookup: (resource, key) => objects[`${resource}/${key}`],
  attach: { node, namespace: false },
});
const values = (targets: readonly Target[], label: string) =>
  targets.map((target) => target.get(label === '__address__' ? label : `__meta_kubernetes_${label}`));

test('objects without anything in them, or of another shape, give no targets and no errors', () => {
  for (const role of roles.values()) {
    for (const part of [undefined, null, 'text', [null], { a: 1 }]) {
      const object = {
        metadata: part,
        spec: part,
        status: part,
        subsets: part,
        endpoints: part,
        ports: part,
      };
      assert.deepEqual(role.targets(object, context()), []);
    }
  }
});

describe('an ingress', () => {
  const schemes = (hosts: readonly string[], host: string) =>
    values(
      ingressRole.targets({ spec: { tls: [{ hosts }], rules: [{ host }] } }, context()),
      'ingress_scheme',
    );

  test('is secure where a host of its certificates is the rule’s, or covers it by one part of the name', () => {
    assert.deepEqual(schemes(['a.test'], 'a.test'), ['https']);
    assert.deepEqual(schemes(['*.test'], 'a.test'), ['https']);
    assert.deepEqual(schemes(['*.test'], 'a.b.test'), ['http']);
    assert.deepEqual(schemes(['*.test'], 'test'), ['http']);
  });
});

describe('an endpoint slice', () => {
  const slice = (addressType: string, ports: readonly unknown[]) => ({
    metadata: { namespace: 'n', name: 's', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType,
    endpoints: [{ addresses: ['10.0.0.1'], deprecatedTopology: { 'a/b': 'c' } }],
    ports,
  });
  const dual = { 'services/n/web': { spec: { ipFamilies: ['IPv6', 'IPv4'] } } };

  test('without a port number is addressed without one', () => {
    const targets = endpointsliceRole.targets(slice('IPv4', [{ port: null }]), context());
    assert.deepEqual(values(targets, '__address__'), ['10.0.0.1']);
    assert.deepEqual(values(targets, 'endpointslice_port'), [undefined]);
    assert.deepEqual(values(targets, 'endpointslice_endpoint_topology_a_b'), ['c']);
    assert.deepEqual(values(targets, 'endpointslice_endpoint_topology_present_a_b'), ['true']);
  });

  test('of the second IP family of a service gives none', () => {
    assert.equal(endpointsliceRole.targets(slice('IPv4', [{ port: 1 }]), context(dual)).length, 0);
    assert.equal(endpointsliceRole.targets(slice('IPv6', [{ port: 1 }]), context(dual)).length, 1);
  });
});

test('a node is addressed by its best address, and each type keeps its first', () => {
  const addresses = [
    { type: 'ExternalIP', address: '1.1.1.1' },
    { type: 'InternalIP', address: 'fd00::1' },
    { type: 'InternalIP', address: '10.0.0.1' },
  ];
  const status = { addresses, daemonEndpoints: { kubeletEndpoint: { Port: 10250 } } };
  const targets = nodeRole.targets({ metadata: { name: 'n' }, status }, context());
  assert.deepEqual(values(targets, '__address__'), ['[fd00::1]:10250']);
  assert.deepEqual(values(targets, 'node_address_InternalIP'), ['fd00::1']);
});

test('a pod whose node is wanted gives targets only once the node is known', () => {
  const pod = { status: { podIP: '10.0.0.1' }, spec: { nodeName: 'x', containers: [{}] } };
  assert.equal(podRole.targets(pod, context({}, true)).length, 0);
  const known = { 'nodes/x': { metadata: { name: 'x', labels: { a: 'b' } } } };
  assert.deepEqual(values(podRole.targets(pod, context(known, true)), 'node_label_a'), ['b']);
});
