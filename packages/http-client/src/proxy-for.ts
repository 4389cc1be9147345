import type { Environment } from '@pewter/runtime';
import { HttpClientError } from './http-client-error.ts';
import type { HttpClientArguments } from './http-client-schema.ts';
import { bypasses } from './no-proxy.ts';

/** The arguments that choose a proxy. */
export type ProxyArguments = Pick<
  HttpClientArguments,
  'proxy_url' | 'no_proxy' | 'proxy_from_environment' | 'proxy_connect_header'
>;

/**
 * The proxy for a URL, undefined for none. `proxy_url` alone takes every request; with `no_proxy`, or from the
 * environment, the rules are those of Go's `golang.org/x/net/http/httpproxy`. Throws {@link HttpClientError} for a
 * proxy that may not be used or can not be spoken to.
 */
export function proxyFor(url: URL, args: ProxyArguments, environment: Environment): URL | undefined {
  const proxy = args.proxy_from_environment ? environmentProxy(url, environment) : givenProxy(url, args);
  if (proxy === undefined || /^https?:$/.test(proxy.protocol)) return proxy;
  const scheme = proxy.protocol.slice(0, -1);
  throw new HttpClientError(
    'proxy',
    `proxies of the scheme ${scheme} are not supported, only http and https`,
  );
}

/** What is no URL is no reason to go without a proxy. */
function givenProxy(url: URL, { proxy_url, no_proxy }: ProxyArguments): URL | undefined {
  if (proxy_url === '' || (no_proxy !== '' && bypasses(url, no_proxy))) return undefined;
  const proxy = parsedProxy(proxy_url);
  if (proxy !== undefined) return proxy;
  throw new HttpClientError('proxy', '`proxy_url` is no URL that a proxy can be found at');
}

function environmentProxy(url: URL, environment: Environment): URL | undefined {
  const variable = (name: string) => environment.get(name) || environment.get(name.toLowerCase()) || '';
  const secure = url.protocol === 'https:';
  const proxy = parsedProxy(variable(secure ? 'HTTPS_PROXY' : 'HTTP_PROXY'));
  if (proxy === undefined) return undefined;
  // Under CGI this variable comes from a header of whoever asks (https://golang.org/s/cgihttpproxy).
  if (!secure && environment.get('REQUEST_METHOD')) {
    throw new HttpClientError('proxy', 'HTTP_PROXY is not used where REQUEST_METHOD is set, as under CGI');
  }
  return bypasses(url, variable('NO_PROXY')) ? undefined : proxy;
}

/** A proxy's URL; one without a scheme is of `http`. What is no URL even then is none. */
function parsedProxy(text: string): URL | undefined {
  if (text === '') return undefined;
  return URL.parse(text.includes('://') ? text : `http://${text}`) ?? undefined;
}
