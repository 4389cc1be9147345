import { isIPv6, SocketAddress } from 'node:net';
import { compareText } from '@pewter/language';
import { hostPort, labelName } from './label-name.ts';
import { Target } from './target.ts';
import { type Fields, items, numberOf, record, textEntries, textOf } from './untrusted.ts';

/** What the arguments say of how targets are made. */
export interface DockerTargetOptions {
  readonly port: number;
  readonly host_networking_host: string;
  readonly match_first_network: boolean;
}

const prefix = '__meta_docker_';

type Labels = ReadonlyMap<string, string>;

/** The targets of all containers that Docker lists, with the labels of their networks. */
export function containerTargets(
  containers: readonly Fields[],
  networks: readonly Fields[],
  options: DockerTargetOptions,
): readonly Target[] {
  const networkById = new Map(networks.map((network) => [textOf(network.Id), networkLabels(network)]));
  const byId = new Map(containers.map((container) => [textOf(container.Id), container]));
  return containers.flatMap((container) => {
    if (items(container.Names).length === 0) return [];
    const shared = containerLabels(container);
    return networksOf(container, byId, options).flatMap((endpoint) => {
      const labels = networkById.get(textOf(endpoint.NetworkID)) ?? new Map();
      return endpointTargets(container, endpoint, options).map(
        (own) => new Target(new Map([...labels, ...own]), shared),
      );
    });
  });
}

function containerLabels(container: Fields): Labels {
  return new Map([
    [`${prefix}container_id`, textOf(container.Id)],
    [`${prefix}container_name`, textOf(items(container.Names)[0])],
    [`${prefix}container_network_mode`, networkMode(container)],
    ...textEntries(container.Labels).map(
      ([name, value]) => [labelName(`${prefix}container_label_`, name), value] as const,
    ),
  ]);
}

function networkLabels(network: Fields): Labels {
  return new Map([
    [`${prefix}network_id`, textOf(network.Id)],
    [`${prefix}network_name`, textOf(network.Name)],
    [`${prefix}network_scope`, textOf(network.Scope)],
    [`${prefix}network_internal`, String(network.Internal === true)],
    [`${prefix}network_ingress`, String(network.Ingress === true)],
    ...textEntries(network.Labels).map(
      ([name, value]) => [labelName(`${prefix}network_label_`, name), value] as const,
    ),
  ]);
}

function networkMode(container: Fields): string {
  return textOf(record(container.HostConfig).NetworkMode);
}

/** The endpoints of a container; of the one whose network it shares where it has none of its own. */
function networksOf(
  container: Fields,
  byId: ReadonlyMap<string, Fields>,
  { match_first_network: first }: DockerTargetOptions,
): readonly Fields[] {
  const seen = new Set<Fields>();
  let owner: Fields | undefined = container;
  while (owner !== undefined && !seen.has(owner)) {
    seen.add(owner);
    const endpoints = Object.entries(record(record(owner.NetworkSettings).Networks));
    if (endpoints.length > 0) {
      const ordered = endpoints
        .filter(([, endpoint]) => endpoint !== null)
        .sort(([left], [right]) => compareText(left, right))
        .map(([, one]) => record(one));
      return first ? ordered.slice(0, 1) : ordered;
    }
    const partner: string | undefined = /^container:(.*)$/.exec(networkMode(owner))?.[1];
    owner = partner === undefined ? undefined : byId.get(partner);
  }
  return [];
}

/** One target for each TCP port, or one on the port of the arguments where there is none. */
function endpointTargets(
  container: Fields,
  endpoint: Fields,
  options: DockerTargetOptions,
): readonly Labels[] {
  const ip = ipAddress(endpoint.IPAddress);
  const ports = items(container.Ports)
    .map(record)
    .filter(({ Type }) => Type === 'tcp');
  if (ports.length === 0) {
    const host =
      networkMode(container) === 'host' ? options.host_networking_host : hostPort(ip, options.port);
    return [
      new Map([
        ['__address__', host],
        [`${prefix}network_ip`, ip],
      ]),
    ];
  }
  return ports.map((port) => {
    const labels = new Map([
      ['__address__', hostPort(ip, numberOf(port.PrivatePort))],
      [`${prefix}network_ip`, ip],
      [`${prefix}port_private`, numberOf(port.PrivatePort)],
    ]);
    if (!(Number(port.PublicPort) > 0)) return labels;
    return labels
      .set(`${prefix}port_public`, textOf(port.PublicPort))
      .set(`${prefix}port_public_ip`, ipAddress(port.IP));
  });
}

/** The address in its shortest form, as the reference's client reads and writes it; empty for none. */
function ipAddress(value: unknown): string {
  const [address = '', zone] = textOf(value).split('%');
  if (!isIPv6(address)) return textOf(value);
  const shortest = new SocketAddress({ address, family: 'ipv6' }).address;
  return zone === undefined ? shortest : `${shortest}%${zone}`;
}
