import { list, optional, secret, string, withDefault } from '@pewter/language';

/** The arguments that discovery.consul and discovery.consulagent share. */
export const consulFields = {
  server: withDefault(string, 'localhost:8500'),
  token: optional(secret),
  datacenter: withDefault(string, ''),
  tag_separator: withDefault(string, ','),
  scheme: withDefault(string, 'http'),
  username: withDefault(string, ''),
  password: optional(secret),
  services: optional(list(string)),
  tags: optional(list(string)),
};

/**
 * Where Consul is: `host:port`, as its client reads it, with an optional `http://`, `https://` or `unix://` before it;
 * `https` of either argument counts.
 */
export function consulAddress(
  server: string,
  scheme: string,
): { readonly url: string; readonly socketPath?: string } {
  const [, given, rest = ''] = /^(?:(https?|unix):\/\/)?(.*?)\/*$/.exec(server) ?? [];
  if (given === 'unix') return { url: 'http://consul', socketPath: rest };
  const secure = given === 'https' || scheme === 'https';
  return { url: `${secure ? 'https' : 'http'}://${rest || 'localhost:8500'}` };
}
