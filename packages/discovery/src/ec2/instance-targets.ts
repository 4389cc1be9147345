import type { Instance, InstanceNetworkInterface, Reservation } from '@aws-sdk/client-ec2';
import { hostPort, labelName, surrounded } from '../label-name.ts';
import { Target } from '../target.ts';

/** What instances are turned into targets with. */
export interface Ec2Place {
  readonly region: string;
  readonly port: number;
  /** Zone ids by zone name; empty where they are not known. */
  readonly zones: ReadonlyMap<string, string>;
}

const prefix = '__meta_ec2_';

/** A target for each instance that has an address, in the order of the answer. Labels as in Prometheus' EC2 discovery. */
export function instanceTargets(reservations: readonly Reservation[], place: Ec2Place): readonly Target[] {
  return reservations.flatMap(({ OwnerId, Instances = [] }) =>
    Instances.flatMap((instance) => instanceTarget(instance, OwnerId, place) ?? []),
  );
}

function instanceTarget(
  instance: Instance,
  owner: string | undefined,
  { region, port, zones }: Ec2Place,
): Target | undefined {
  const addresses = ipv6Addresses(instance);
  const host = instance.PrivateIpAddress ?? addresses.standard;
  if (host === undefined) return undefined;
  const zone = instance.Placement?.AvailabilityZone ?? '';
  const inVpc = instance.VpcId !== undefined;
  const isPublic = instance.PublicIpAddress !== undefined;
  const always = {
    instance_id: instance.InstanceId ?? '',
    region,
    ami: instance.ImageId ?? '',
    availability_zone: zone,
    availability_zone_id: zones.get(zone) ?? '',
    instance_state: instance.State?.Name ?? '',
    instance_type: instance.InstanceType ?? '',
  };
  const whenThere = {
    owner_id: owner,
    private_ip: instance.PrivateIpAddress,
    private_dns_name: instance.PrivateDnsName,
    platform: instance.Platform,
    public_ip: instance.PublicIpAddress,
    public_dns_name: isPublic ? (instance.PublicDnsName ?? '') : undefined,
    instance_lifecycle: instance.InstanceLifecycle,
    architecture: instance.Architecture,
    vpc_id: instance.VpcId,
    primary_subnet_id: inVpc ? (instance.SubnetId ?? '') : undefined,
    subnet_id: inVpc ? surrounded(subnets(instance), ',') : undefined,
    ipv6_addresses: listLabel(addresses.all),
    primary_ipv6_addresses: listLabel(addresses.primary),
    default_ipv6_address: addresses.standard,
  };
  const labels = new Map([['__address__', hostPort(host, port)]]);
  for (const [name, value] of Object.entries({ ...always, ...whenThere })) {
    if (value !== undefined) labels.set(prefix + name, value);
  }
  for (const { Key, Value } of instance.Tags ?? []) {
    if (Key !== undefined && Value !== undefined) labels.set(labelName(`${prefix}tag_`, Key), Value);
  }
  return new Target(labels);
}

/** Those of the interfaces that count: with a subnet, of an instance in a VPC. */
function interfaces({ VpcId, NetworkInterfaces = [] }: Instance): readonly InstanceNetworkInterface[] {
  return VpcId === undefined ? [] : NetworkInterfaces.filter(({ SubnetId }) => SubnetId !== undefined);
}

function subnets(instance: Instance): readonly string[] {
  return [...new Set(interfaces(instance).map(({ SubnetId = '' }) => SubnetId))];
}

interface Ipv6Addresses {
  readonly all: readonly string[];
  /** Each at the place of its device; empty where a device has none. */
  readonly primary: readonly string[];
  readonly standard: string | undefined;
}

function ipv6Addresses(instance: Instance): Ipv6Addresses {
  const all: string[] = [];
  const byDevice = new Map<number, string>();
  for (const { Ipv6Addresses: addresses = [], Attachment } of interfaces(instance)) {
    for (const { Ipv6Address: address, IsPrimaryIpv6: primary } of addresses) {
      if (address === undefined) continue;
      all.push(address);
      if (primary === true) byDevice.set(Attachment?.DeviceIndex ?? 0, address);
    }
  }
  const primary = Array.from(
    { length: Math.max(-1, ...byDevice.keys()) + 1 },
    (_, device) => byDevice.get(device) ?? '',
  );
  return { all, primary, standard: primary.find((address) => address !== '') ?? all[0] };
}

function listLabel(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : surrounded(values, ',');
}
