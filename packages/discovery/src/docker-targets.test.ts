import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerTargets, type DockerTargetOptions } from './docker-targets.ts';

const options: DockerTargetOptions = {
  port: 80,
  host_networking_host: 'localhost',
  match_first_network: true,
};

const addresses = (
  networks: unknown,
  ports: readonly unknown[] = [],
  more: Partial<DockerTargetOptions> = {},
) =>
  containerTargets([{ Id: 'c', Names: ['/c'], NetworkSettings: { Networks: networks }, Ports: ports }], [], {
    ...options,
    ...more,
  }).map((target) => target.get('__address__'));

test('an IPv6 address is written in its shortest form', () => {
  assert.deepEqual(addresses({ a: { IPAddress: '2001:DB8:0:0::1' } }), ['[2001:db8::1]:80']);
  assert.deepEqual(addresses({ a: { IPAddress: '::ffff:1.2.3.4' } }), ['[::ffff:1.2.3.4]:80']);
  assert.deepEqual(addresses({ a: { IPAddress: 'FE80::1%eth0' } }), ['[fe80::1%eth0]:80']);
  const [target] = containerTargets(
    [
      {
        Names: ['/c'],
        NetworkSettings: { Networks: { a: { IPAddress: '10.0.0.1' } } },
        Ports: [{ PrivatePort: 80, PublicPort: 80, IP: '0:0:0:0:0:0:0:0', Type: 'tcp' }],
      },
    ],
    [],
    options,
  );
  assert.equal(target?.get('__meta_docker_port_public_ip'), '::');
});

test('a network that is null is none, and is not the first', () => {
  assert.deepEqual(addresses({ a: null }), []);
  assert.deepEqual(addresses({ a: null, b: { IPAddress: '10.0.0.1' }, c: { IPAddress: '10.0.0.2' } }), [
    '10.0.0.1:80',
  ]);
  const both = { a: { IPAddress: '10.0.0.1' }, b: null, c: { IPAddress: '10.0.0.2' } };
  assert.deepEqual(addresses(both, [], { match_first_network: false }), ['10.0.0.1:80', '10.0.0.2:80']);
});

test('containers that share networks with each other only have none', () => {
  const shared = (Id: string, partner: string) => ({
    Id,
    Names: [`/${Id}`],
    HostConfig: { NetworkMode: `container:${partner}` },
  });
  assert.deepEqual(containerTargets([shared('a', 'b'), shared('b', 'a')], [], options), []);
});
