import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consulAddress } from './consul-arguments.ts';
import { consulTargets } from './consul-targets.ts';

const health = (...checks: readonly (readonly [string, string])[]) => {
  const Checks = checks.map(([CheckID, Status]) => ({ CheckID, Status }));
  const [target] = consulTargets([{ Node: {}, Service: {}, Checks }], {
    name: 's',
    datacenter: 'd',
    separator: ',',
  });
  return target?.get('__meta_consul_health');
};

test('an instance is as healthy as its worst check, and nothing where one is in an unknown state', () => {
  assert.equal(health(), 'passing');
  assert.equal(health(['a', 'passing'], ['b', 'warning']), 'warning');
  assert.equal(health(['a', 'critical'], ['b', 'warning']), 'critical');
  assert.equal(health(['_node_maintenance', 'critical'], ['b', 'critical']), 'maintenance');
  assert.equal(health(['_service_maintenance:x', 'odd']), 'maintenance');
  assert.equal(health(['a', 'passing'], ['b', 'odd']), '');
  assert.equal(health(['a', 'maintenance']), '');
});

for (const [server, scheme, url] of [
  ['consul:8500', 'http', 'http://consul:8500'],
  ['consul:8500', '', 'http://consul:8500'],
  ['http://consul:8500', 'https', 'https://consul:8500'],
  ['https://consul/prefix/', 'http', 'https://consul/prefix'],
  ['', 'http', 'http://localhost:8500'],
] as const) {
  test(`the server \`${server}\` with the scheme \`${scheme}\` is at ${url}`, () => {
    assert.deepEqual(consulAddress(server, scheme), { url });
  });
}
