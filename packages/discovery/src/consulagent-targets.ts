import { hostPort, labelName, surrounded } from './label-name.ts';
import { Target } from './target.ts';
import { type Fields, items, numberOf, record, textEntries, textOf } from './untrusted.ts';

const prefix = '__meta_consulagent_';

/** What is said of all instances of a service. */
export interface AgentService {
  readonly name: string;
  /** The answer of `/v1/agent/self`. */
  readonly self: Fields;
  /** As configured; the agent's own where it is empty. */
  readonly datacenter: string;
  readonly tag_separator: string;
}

/** The targets of an answer of `/v1/agent/health/service/name/NAME`. */
export function agentTargets(entries: readonly unknown[], service: AgentService): readonly Target[] {
  const { self, name } = service;
  const [config, member] = [record(self.Config), record(self.Member)];
  const shared = new Map([
    [`${prefix}service`, name],
    [`${prefix}dc`, service.datacenter || textOf(config.Datacenter)],
    [`${prefix}address`, textOf(member.Addr)],
    [`${prefix}node`, textOf(config.NodeName)],
    ...textEntries(self.Meta).map(([key, value]) => [labelName(`${prefix}metadata_`, key), value] as const),
  ]);
  return entries
    .map(record)
    .map((entry) => new Target(instanceLabels(entry, textOf(member.Addr), service.tag_separator), shared));
}

function instanceLabels(entry: Fields, address: string, separator: string): ReadonlyMap<string, string> {
  const service = record(entry.Service);
  const port = numberOf(service.Port);
  return new Map([
    ['__address__', hostPort(textOf(service.Address) || address, port)],
    [`${prefix}tags`, surrounded(items(service.Tags).map(textOf), separator)],
    [`${prefix}service_address`, textOf(service.Address)],
    [`${prefix}service_port`, port],
    [`${prefix}service_id`, textOf(service.ID)],
    [`${prefix}health`, textOf(entry.AggregatedStatus)],
    ...textEntries(service.Meta).map(
      ([key, value]) => [labelName(`${prefix}service_metadata_`, key), value] as const,
    ),
    ...Object.entries(record(service.TaggedAddresses)).map(([key, value]) => {
      const { Address, Port } = record(value);
      return [labelName(`${prefix}tagged_address_`, key), hostPort(textOf(Address), numberOf(Port))] as const;
    }),
  ]);
}
