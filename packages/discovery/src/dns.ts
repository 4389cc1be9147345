import {
  body,
  duration,
  type Infer,
  int,
  list,
  type Rule,
  required,
  string,
  withDefault,
} from '@pewter/language';
import { defineComponent, type RecordType } from '@pewter/runtime';
import { refreshInterval } from './positive.ts';
import { targetExports } from './target-exports.ts';

const types: readonly RecordType[] = ['SRV', 'A', 'AAAA', 'MX', 'NS'];

const typeRule: Rule = {
  reads: ['type'],
  check: ({ type }) =>
    recordType(type) !== undefined
      ? undefined
      : {
          message: `\`${type}\` is no DNS record type that can be discovered`,
          hint: `one of ${types.join(', ')}`,
          field: 'type',
        },
};

const portRule: Rule = {
  reads: ['type', 'port'],
  check: ({ type, port }) =>
    port === 0 && recordType(type) !== 'SRV' && recordType(type) !== undefined
      ? {
          message: `records of type ${type} need a \`port\`: only SRV records bring their own`,
          field: 'port',
        }
      : undefined,
};

const dnsArguments = body(
  {
    names: required(list(string)),
    refresh_interval: withDefault(duration, '30s'),
    type: withDefault(string, 'SRV'),
    port: withDefault(int, 0),
  },
  [typeRule, portRule, refreshInterval],
);

/** The decoded arguments of `discovery.dns`. */
export type DnsArguments = Infer<typeof dnsArguments>;

/** `discovery.dns`: targets from DNS records, asked of the servers of `/etc/resolv.conf`. */
export const dnsDiscovery = defineComponent({
  name: 'discovery.dns',
  stability: 'generally-available',
  arguments: dnsArguments,
  exports: targetExports,
  implementation: () => import('./dns-component.ts'),
});

/** The type that a config names, in any case of letters; undefined where it is none. */
export function recordType(given: unknown): RecordType | undefined {
  return types.find((type) => type === String(given).toUpperCase());
}
