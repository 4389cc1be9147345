import { Resolver } from 'node:dns/promises';
import type { NameClient, NameRecord, RecordType } from './outside.ts';

/** Each server is asked twice, waiting this long the first time. */
const limits = { timeout: 2_000, tries: 2 };

/** Name servers over the network. Truncated answers are asked again over TCP. */
export function realNameClient(servers: readonly string[]): NameClient {
  const resolver = new Resolver(limits);
  if (servers.length > 0) resolver.setServers(servers);
  return {
    async lookup(name, type) {
      try {
        return await asked[type](resolver, name);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOTFOUND') return 'missing';
        if (code === 'ENODATA') return [];
        throw error;
      }
    },
    cancel: () => resolver.cancel(),
  };
}

const asked: Readonly<
  Record<RecordType, (resolver: Resolver, name: string) => Promise<readonly NameRecord[]>>
> = {
  A: async (resolver, name) => (await resolver.resolve4(name)).map((value) => ({ value })),
  AAAA: async (resolver, name) => (await resolver.resolve6(name)).map((value) => ({ value })),
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(({ name: value, port }) => ({ value, port })),
  MX: async (resolver, name) => (await resolver.resolveMx(name)).map(({ exchange }) => ({ value: exchange })),
  NS: async (resolver, name) => (await resolver.resolveNs(name)).map((value) => ({ value })),
};
