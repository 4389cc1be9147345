import { hostPort, labelName, surrounded } from './label-name.ts';
import { Target } from './target.ts';
import { type Fields, items, numberOf, record, textEntries, textOf } from './untrusted.ts';

const prefix = '__meta_consul_';

/** What is said of all instances of a service. */
export interface ConsulService {
  readonly name: string;
  readonly datacenter: string;
  readonly separator: string;
}

/** The targets of an answer of `/v1/health/service/NAME`. */
export function consulTargets(entries: readonly unknown[], service: ConsulService): readonly Target[] {
  const shared = new Map([
    [`${prefix}service`, service.name],
    [`${prefix}dc`, service.datacenter],
  ]);
  return entries.map(record).map((entry) => new Target(instanceLabels(entry, service.separator), shared));
}

function instanceLabels(entry: Fields, separator: string): ReadonlyMap<string, string> {
  const [node, service] = [record(entry.Node), record(entry.Service)];
  const port = numberOf(service.Port);
  const prefixed = (part: string, entries: unknown) =>
    textEntries(entries).map(([key, value]) => [labelName(`${prefix}${part}_`, key), value] as const);
  return new Map([
    ['__address__', hostPort(textOf(service.Address) || textOf(node.Address), port)],
    [`${prefix}address`, textOf(node.Address)],
    [`${prefix}node`, textOf(node.Node)],
    [`${prefix}namespace`, textOf(service.Namespace)],
    [`${prefix}partition`, textOf(service.Partition)],
    [`${prefix}tags`, surrounded(items(service.Tags).map(textOf), separator)],
    [`${prefix}service_address`, textOf(service.Address)],
    [`${prefix}service_port`, port],
    [`${prefix}service_id`, textOf(service.ID)],
    [`${prefix}health`, worstOf(items(entry.Checks).map(record))],
    ...prefixed('metadata', node.Meta),
    ...prefixed('service_metadata', service.Meta),
    ...prefixed('tagged_address', node.TaggedAddresses),
  ]);
}

const checkStates = ['passing', 'warning', 'critical'];
const severities = [...checkStates, 'maintenance'];

/** The worst state of the checks; passing where there are none, empty where one is in a state that is not known. */
function worstOf(checks: readonly Fields[]): string {
  const states = checks.map(({ CheckID, Status }) => {
    const id = textOf(CheckID);
    const maintenance = id === '_node_maintenance' || id.startsWith('_service_maintenance:');
    // Maintenance is what a check is for; none is in a state of that name.
    return maintenance ? severities.length - 1 : checkStates.indexOf(textOf(Status));
  });
  if (states.includes(-1)) return '';
  return severities[Math.max(0, ...states)] ?? '';
}
