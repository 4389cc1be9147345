import type { Component, ComponentContext, NameClient, NameRecord, RecordType } from '@pewter/runtime';
import { Counter } from 'prom-client';
import { type DnsArguments, recordType } from './dns.ts';
import { hostPort } from './label-name.ts';
import { refreshingComponent, type TargetSource } from './refresh-loop.ts';
import { candidateNames, parseResolvConf, type ResolvConf } from './resolv-conf.ts';
import { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';

/** Builds `discovery.dns`; see its definition. */
export function build(context: ComponentContext<TargetExports>, args: DnsArguments): Component<DnsArguments> {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [context.metrics] });
  const lookups = counter('prometheus_sd_dns_lookups_total', 'The number of DNS-SD lookups.');
  const failures = counter(
    'prometheus_sd_dns_lookup_failures_total',
    'The number of DNS-SD lookup failures.',
  );
  const counted = async <T>(lookup: Promise<T>) => {
    lookups.inc();
    return lookup.catch((error: unknown) => {
      failures.inc();
      throw error;
    });
  };
  return refreshingComponent('dns', context, args, (current) => dnsSource(context, current, counted));
}

type Counted = <T>(lookup: Promise<T>) => Promise<T>;

/** A name that can not be looked up keeps its last targets; the others get theirs. */
function dnsSource(
  { files, network }: ComponentContext<TargetExports>,
  args: DnsArguments,
  counted: Counted,
): TargetSource {
  const known = new Map<string, readonly Target[]>();
  const open = new Set<NameClient>();
  const type = recordType(args.type) ?? 'SRV';
  return {
    interval: args.refresh_interval,
    async refresh(signal) {
      const conf = parseResolvConf(Buffer.from(await files.read('/etc/resolv.conf')).toString('utf8'));
      const client = network.nameClient(conf.servers);
      open.add(client);
      const cancel = () => client.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      let failure: Error | undefined;
      const find = async (name: string) => {
        const records = await counted(resolveName(client, conf, name, type));
        known.set(
          name,
          records.map((record) => targetOf(record, { name, type, port: args.port })),
        );
      };
      const caught = (error: unknown) => {
        failure ??= error as Error;
      };
      await Promise.all(args.names.map((name) => find(name).catch(caught)));
      signal.removeEventListener('abort', cancel);
      open.delete(client);
      const targets = args.names.flatMap((name) => known.get(name) ?? []);
      return { targets, ...(failure && { failure }) };
    },
    async close() {
      for (const client of open) client.cancel();
    },
  };
}

/** The first name that exists wins; where none does there are no records, unless one of them could not be asked for. */
async function resolveName(
  client: NameClient,
  conf: ResolvConf,
  name: string,
  type: RecordType,
): Promise<readonly NameRecord[]> {
  let failure: unknown;
  for (const candidate of candidateNames(name, conf)) {
    try {
      const records = await client.lookup(candidate, type);
      if (records !== 'missing') return records;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure === undefined) return [];
  throw new Error(`can not look up ${type} records of \`${name}\`: ${(failure as Error).message}`, {
    cause: failure,
  });
}

interface Asked {
  readonly name: string;
  readonly type: RecordType;
  readonly port: number;
}

/** Names get back the final dot that the protocol has and the client leaves out. */
function targetOf({ value, port }: NameRecord, asked: Asked): Target {
  const full = `${value.replace(/\.$/, '')}.`;
  const only = (type: RecordType, text: string) => (asked.type === type ? text : '');
  return Target.of({
    __address__: hostPort(value.replace(/\.$/, ''), port ?? asked.port),
    __meta_dns_name: asked.name,
    __meta_dns_srv_record_target: only('SRV', full),
    __meta_dns_srv_record_port: only('SRV', String(port ?? '')),
    __meta_dns_mx_record_target: only('MX', full),
    __meta_dns_ns_record_target: only('NS', full),
  });
}
