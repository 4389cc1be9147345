import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Target } from '../target.ts';
import type { Fields } from '../untrusted.ts';
import { endpointsRole } from './endpoints-role.ts';
import { endpointsliceRole } from './endpointslice-role.ts';
import { ingressRole } from './ingress-role.ts';
import { nodeRole } from './node-role.ts';
import { podRole } from './pod-role.ts';
import type { RoleContext } from './role.ts';
import { roles } from './roles.ts';
import { serviceRole } from './service-role.ts';

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
    assert.deepEqual(schemes(['*'], 'test'), ['https']);
    assert.deepEqual(schemes(['a.*'], 'a.test'), ['http']);
  });

  for (const [http, paths] of [
    [undefined, ['/']],
    [null, ['/']],
    [{}, []],
    [{ paths: null }, []],
    [{ paths: [{ path: '/a' }, { path: '' }, {}] }, ['/a', '/', '/']],
  ] as const) {
    test(`with a rule for ${JSON.stringify(http)} has ${paths.length} paths`, () => {
      const targets = ingressRole.targets({ spec: { rules: [{ host: 'a', http }] } }, context());
      assert.deepEqual(values(targets, 'ingress_path'), paths);
    });
  }
});

describe('an endpoint slice', () => {
  const slice = (addressType: string, ports: readonly unknown[]) => ({
    metadata: { namespace: 'n', name: 's', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType,
    endpoints: [{ addresses: ['10.0.0.1'], deprecatedTopology: { 'a/b': 'c' } }],
    ports,
  });
  const service = (ipFamilyPolicy: string | undefined, ...ipFamilies: readonly string[]) => ({
    'services/n/web': { spec: { ipFamilyPolicy, ipFamilies } },
  });

  test('without a port number is addressed without one', () => {
    const targets = endpointsliceRole.targets(slice('IPv4', [{ port: null }]), context());
    assert.deepEqual(values(targets, '__address__'), ['10.0.0.1']);
    assert.deepEqual(values(targets, 'endpointslice_port'), [undefined]);
    assert.deepEqual(values(targets, 'endpointslice_endpoint_topology_a_b'), ['c']);
    assert.deepEqual(values(targets, 'endpointslice_endpoint_topology_present_a_b'), ['true']);
  });

  test('of another IP family than the first of a service of two gives none', () => {
    const found = (type: string, of: ReturnType<typeof service>) =>
      endpointsliceRole.targets(slice(type, [{ port: 1 }]), context(of)).length;
    for (const policy of ['PreferDualStack', 'RequireDualStack']) {
      assert.equal(found('IPv4', service(policy, 'IPv6', 'IPv4')), 0);
      assert.equal(found('IPv6', service(policy, 'IPv6', 'IPv4')), 1);
      assert.equal(found('FQDN', service(policy, 'IPv6')), 0);
    }
    assert.equal(found('IPv4', service('PreferDualStack')), 1);
    assert.equal(found('IPv4', service('SingleStack', 'IPv6', 'IPv4')), 1);
    assert.equal(found('IPv4', service(undefined, 'IPv6', 'IPv4')), 1);
  });
});

describe('the pod behind an endpoint', () => {
  const ports = (...all: readonly (readonly [number, string])[]) =>
    all.map(([containerPort, name]) => ({ containerPort, name, protocol: 'UDP' }));
  const pod = {
    metadata: { name: 'p', namespace: 'n' },
    spec: {
      containers: [
        { name: 'a', ports: ports([53, 'first'], [53, 'second']) },
        { name: 'b', ports: ports([53, 'third'], [53, 'fourth'], [80, 'web']) },
      ],
    },
    status: { podIP: '10.0.0.1' },
  };
  const targetRef = { kind: 'Pod', name: 'p', namespace: 'n' };
  const known = context({ 'pods/n/p': pod });
  const of = (role: typeof podRole, object: Fields) => {
    const targets = role.targets({ metadata: { namespace: 'n' }, ...object }, known);
    return [values(targets, 'pod_container_port_name'), values(targets, 'pod_container_port_protocol')];
  };

  test('gives the last container at its port, and of that the first port', () => {
    const slice = {
      endpoints: [{ addresses: ['10.0.0.1'], targetRef }],
      ports: [{ port: 53, protocol: 'TCP' }],
    };
    assert.deepEqual(of(endpointsliceRole, slice), [
      ['third', 'web'],
      ['UDP', 'UDP'],
    ]);
  });

  test('of an `Endpoints` object has the protocol of the endpoint', () => {
    const subsets = [{ addresses: [{ ip: '10.0.0.1', targetRef }], ports: [{ port: 53, protocol: 'TCP' }] }];
    assert.deepEqual(of(endpointsRole, { subsets }), [
      ['third', 'web'],
      ['TCP', 'UDP'],
    ]);
  });
});

test('a port without a number is port 0', () => {
  const pod = { status: { podIP: '10.0.0.1' }, spec: { containers: [{ ports: [{}] }] } };
  assert.deepEqual(values(podRole.targets(pod, context()), '__address__'), ['10.0.0.1:0']);
  const service = { metadata: { name: 's', namespace: 'n' }, spec: { ports: [{}] } };
  assert.deepEqual(values(serviceRole.targets(service, context()), '__address__'), ['s.n.svc:0']);
});

test('a pod is ready as its condition says; a nameless controller is none', () => {
  const pod = (status: unknown, owner: unknown) => ({
    metadata: { ownerReferences: [owner] },
    status: { podIP: '10.0.0.1', conditions: [{ type: 'Ready', status }] },
    spec: { containers: [{}] },
  });
  const [nameless] = podRole.targets(pod('', { controller: true, kind: 'Job', name: '' }), context());
  assert.equal(nameless?.get('__meta_kubernetes_pod_ready'), '');
  assert.equal(nameless?.get('__meta_kubernetes_pod_controller_kind'), 'Job');
  assert.equal(nameless?.has('__meta_kubernetes_pod_controller_name'), false);
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
