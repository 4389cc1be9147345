import { BlockList, isIP } from 'node:net';
import type { Environment } from '@pewter/runtime';
import type { HttpClientArguments } from './http-client-schema.ts';

/** The arguments that choose a proxy. */
export type ProxyArguments = Pick<
  HttpClientArguments,
  'proxy_url' | 'no_proxy' | 'proxy_from_environment' | 'proxy_connect_header'
>;

/**
 * The proxy for a URL, undefined for none. `proxy_url` alone takes every request; with `no_proxy`, or from the
 * environment, the rules are those of Go's `golang.org/x/net/http/httpproxy`: loopback is never proxied.
 */
export function proxyFor(url: URL, args: ProxyArguments, environment: Environment): URL | undefined {
  if (args.proxy_url !== '' && args.no_proxy === '') return proxyUrl(args.proxy_url);
  const variable = (name: string) => environment.get(name) || environment.get(name.toLowerCase()) || '';
  const secure = url.protocol === 'https:';
  const fromEnvironment = args.proxy_from_environment ? variable(secure ? 'HTTPS_PROXY' : 'HTTP_PROXY') : '';
  const proxy = args.proxy_url || fromEnvironment;
  if (proxy === '') return undefined;
  const excluded = args.proxy_from_environment ? variable('NO_PROXY') : args.no_proxy;
  return bypasses(url, excluded) ? undefined : proxyUrl(proxy);
}

/** A proxy's URL; one without a scheme is of `http`. */
function proxyUrl(text: string): URL {
  return new URL(text.includes('://') ? text : `http://${text}`);
}

/** Whether a list in the form of `NO_PROXY` keeps a URL away from the proxy. */
export function bypasses(url: URL, excluded: string): boolean {
  const host = bareHost(url.hostname);
  if (host === 'localhost' || isLoopback(host)) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const entries = excluded.split(',').map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry !== '' && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [address = '', bits] = entry.split('/');
  if (bits !== undefined) return inSubnet(host, address, Number(bits));
  const { name, port: wanted } = splitPort(entry);
  if (wanted !== undefined && wanted !== port) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return name === host;
  const domain = name.replace(/^\*\./, '.');
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function splitPort(entry: string): { name: string; port: string | undefined } {
  if (isIP(entry) !== 0) return { name: entry, port: undefined };
  const [, name = entry, port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { name: bareHost(name), port };
}

function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

function isLoopback(host: string): boolean {
  return host === '::1' || inSubnet(host, '127.0.0.0', 8);
}

function inSubnet(host: string, address: string, bits: number): boolean {
  const version = isIP(address);
  if (version === 0 || isIP(host) !== version || !(bits >= 0 && bits <= (version === 4 ? 32 : 128)))
    return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return list.check(host, family);
}
