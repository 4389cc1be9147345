import { isIP, isIPv6 } from 'node:net';

/** What a request says about where it comes from. */
export interface RequestHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Why a request that changes state is refused; undefined when it may go on. A page of another site that a
 * user has open can send requests here, and a name that its owner points at this machine makes them look like
 * our own (DNS rebinding); neither may reload a config. Programs send none of these headers but Host.
 *
 * @param listening the host that the server listens on. Beyond the loopback interface other machines know
 * this one by names that it cannot know, so there any name passes.
 */
export function refusal(headers: RequestHeaders, listening: string): string | undefined {
  const host = headers.host ?? '';
  if (isLoopback(listening) && !isOwnName(hostName(host), listening)) {
    return `the Host header names ${hostName(host) || 'nobody'}, and this server is reached only as ${listening} or localhost`;
  }
  if (headers.origin !== undefined && !isOriginOf(headers.origin, host)) {
    return 'the request was sent by a page of another origin';
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'the request was sent by a page of another site';
  }
  return undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function isOwnName(name: string, listening: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === listening || isIP(name) !== 0;
}

/** The host of `host:port`, without the brackets of an IPv6 address. */
function hostName(host: string): string {
  if (isIPv6(host)) return host;
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(host) ?? [];
  return (bracketed ?? plain ?? host).toLowerCase();
}

function isOriginOf(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
