import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/**
 * Whether a list in the form of `NO_PROXY` keeps a URL away from the proxy, by the rules of Go's
 * `golang.org/x/net/http/httpproxy`: `example.com` is that domain and all below it, `.example.com` and `*.example.com`
 * only those below, `10.0.0.1` an address, `10.0.0.0/8` a range, each but a range with `:port` if only that port is
 * meant; `*` is everything. What can not be understood is passed over. The loopback is never proxied.
 */
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
  if (bits !== undefined && isIP(address) !== 0) return inSubnet(host, address, bits);
  if (entry.includes('/')) return false;
  const { name, port: wanted } = splitPort(entry);
  if (name === '' || (wanted !== '' && wanted !== port)) return false;
  if (isIP(name) !== 0) return isSameAddress(host, name);
  if (isIP(host) !== 0) return false;
  const domain = asciiDomain(name.replace(/^\*\./, '.'));
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

/** `name:port` and `[address]:port`; an empty port is none. Brackets without a port are a part of the name. */
function splitPort(entry: string): { readonly name: string; readonly port: string } {
  const [, name = entry, port = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
  return isIP(entry) !== 0
    ? { name: entry, port: '' }
    : { name: name === entry ? name : bareHost(name), port };
}

/** The name as hosts are looked up by; as it stands where it is no name. */
function asciiDomain(name: string): string {
  const dot = name.startsWith('.') ? '.' : '';
  return dot + (domainToASCII(name.slice(dot.length)) || name.slice(dot.length));
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

function isLoopback(host: string): boolean {
  return isSameAddress(host, '::1') || inSubnet(host, '127.0.0.0', '8');
}

function isSameAddress(host: string, address: string): boolean {
  if (isIP(host) === 0) return false;
  const list = new BlockList();
  list.addAddress(address, family(address));
  return list.check(host, family(host));
}

function inSubnet(host: string, address: string, bits: string): boolean {
  const most = isIP(address) === 4 ? 32 : 128;
  if (isIP(host) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family(address));
  // Go takes an IPv4 address for one of IPv6 only where the range is written as such.
  const both = isIPv4(host) && !isIPv4(address);
  return !both && list.check(host, family(host));
}

/** Also where it is written as one of IPv6. */
function isIPv4(address: string): boolean {
  return isIP(address) === 4 || /^::ffff:/i.test(address);
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
