import { objectLabels } from '../kubernetes-pod.ts';
import { hostPort, labelName } from '../label-name.ts';
import { Target } from '../target.ts';
import { type Fields, items, numberOf, record, textOf } from '../untrusted.ts';
import { metaLabels, prefix } from './labels.ts';
import type { Role } from './role.ts';

/** The types of addresses, the one that is preferred first. */
const preferred = ['InternalIP', 'InternalDNS', 'ExternalIP', 'ExternalDNS', 'LegacyHostIP', 'Hostname'];

/** One target: the kubelet of the node. A node without an address gives none. */
export const nodeRole: Role = {
  resource: 'nodes',
  also: [],
  source: 'node',
  targets(node) {
    const { spec, status } = { spec: record(node.spec), status: record(node.status) };
    const addresses = firstOfEachType(status);
    const type = preferred.find((one) => addresses.has(one));
    if (type === undefined) return [];
    const port = record(record(status.daemonEndpoints).kubeletEndpoint).Port;
    const labels = new Map([
      ...metaLabels({ node_provider_id: textOf(spec.providerID) }),
      ...conditions(status),
      ...[...addresses].map(
        ([name, address]) => [labelName(`${prefix}node_address_`, name), address] as const,
      ),
      ['__address__', hostPort(addresses.get(type) ?? '', numberOf(port))],
      ['instance', textOf(record(node.metadata).name)],
    ]);
    return [new Target(labels, objectLabels('node', node))];
  },
};

function firstOfEachType(status: Fields): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, address } of items(status.addresses).map(record)) {
    if (!found.has(textOf(type))) found.set(textOf(type), textOf(address));
  }
  return found;
}

function conditions(status: Fields): readonly (readonly [string, string])[] {
  return items(status.conditions)
    .map(record)
    .map(({ type, status: value }) => [
      labelName(`${prefix}node_condition_`, textOf(type).toLowerCase()),
      textOf(value).toLowerCase(),
    ]);
}
