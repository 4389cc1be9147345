import type { Outside } from '@pewter/runtime';
import type { Agent, buildConnector, Dispatcher } from 'undici';
import { basicHeader, readText } from './credentials.ts';
import { HttpClientError } from './http-client-error.ts';
import type { HttpClientArguments } from './http-client-schema.ts';
import { proxyFor } from './proxy-for.ts';
import { trustSystem } from './system-trust.ts';
import type { TlsArguments } from './tls-schema.ts';
import { tunnelConnector } from './tunnel.ts';

type TlsOptions = buildConnector.BuildOptions;

/** What a pool is told besides the arguments. */
export interface PoolOptions {
  readonly userAgent: string;
  readonly socketPath?: string;
}

/** Where a request goes: straight to its server, or to a proxy. */
export interface Route {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The proxy, without user and password. */
  readonly proxy: string | undefined;
}

const connectTimeout = 10_000;
/** Longer than usual scrape intervals, so that the next scrape finds its connection. */
const keepAliveTimeout = 90_000;
/**
 * A bound against runaway growth, not a limit on the work: many targets may share one address, and each CPU
 * profile holds its connection for a whole interval. Prometheus keeps as many idle ones per host.
 */
const connectionsPerOrigin = 1000;
const maxHeaderBytes = 1 << 20;

/** The connections of one client. They are made anew when a file of its `tls_config` has changed. */
export class ConnectionPool {
  readonly #outside: Pick<Outside, 'network' | 'files' | 'environment'>;
  readonly #args: HttpClientArguments;
  readonly #options: PoolOptions;
  readonly #retired = new Set<Dispatcher>();
  #current = new Map<string, Dispatcher>();
  #key = '';
  #closed = false;

  constructor(
    outside: Pick<Outside, 'network' | 'files' | 'environment'>,
    args: HttpClientArguments,
    options: PoolOptions,
  ) {
    this.#outside = outside;
    this.#args = args;
    this.#options = options;
  }

  /** The way to a URL, of which `path` is asked for. Rejects when a TLS file cannot be read, or after `close`. */
  async route(url: URL, path: string): Promise<Route> {
    const tls = await tlsOptions(this.#args.tls_config, this.#outside.files);
    if (this.#closed) throw new HttpClientError('aborted', 'the HTTP client is closed');
    this.#retireIfChanged(JSON.stringify(tls));
    const proxy = proxyFor(url, this.#args, this.#outside.environment);
    if (!('ca' in tls) && [url, proxy].some((end) => end?.protocol === 'https:')) trustSystem();
    if (proxy === undefined) {
      const { socketPath } = this.#options;
      const connect = { ...tls, ...(socketPath !== undefined && { socketPath }) };
      const dispatcher = this.#dispatcher('direct', { connect, allowH2: this.#args.enable_http2 });
      return { dispatcher, origin: url.origin, path, headers: {}, proxy };
    }
    const plain = this.#dispatcher('proxy', { connect: tls, allowH2: false });
    const own = proxyAuthorization(proxy);
    if (url.protocol === 'http:') {
      return {
        dispatcher: plain,
        origin: proxy.origin,
        path: `${url.origin}${path}`,
        headers: { host: url.host, ...own },
        proxy: proxy.origin,
      };
    }
    const dispatcher = this.#tunnels(plain, proxy, own, tls);
    return { dispatcher, origin: url.origin, path, headers: {}, proxy: proxy.origin };
  }

  /** Ends all connections at once, with the requests on them. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#current.values(), ...this.#retired];
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  #retireIfChanged(key: string): void {
    if (this.#key === key) return;
    this.#key = key;
    for (const old of this.#current.values()) {
      this.#retired.add(old);
      // Requests under way on the old connections end in peace.
      old.close().then(
        () => this.#retired.delete(old),
        () => this.#retired.delete(old),
      );
    }
    this.#current = new Map();
  }

  #tunnels(dispatcher: Dispatcher, proxy: URL, own: Record<string, string>, tls: TlsOptions): Dispatcher {
    const extra = [...(this.#args.proxy_connect_header ?? [])].map(
      ([name, values]) => [name.toLowerCase(), values.map((value) => value.reveal())] as const,
    );
    // User and password of the proxy's URL count before what else is said of them, as in Go.
    const headers = { 'user-agent': this.#options.userAgent, ...Object.fromEntries(extra), ...own };
    const allowH2 = this.#args.enable_http2;
    const connect = tunnelConnector({
      dispatcher,
      proxy,
      headers,
      tls: { ...tls, allowH2, timeout: connectTimeout },
    });
    return this.#dispatcher(`tunnel ${proxy.href}`, { connect, allowH2 });
  }

  #dispatcher(name: string, { connect, allowH2 }: Pick<Agent.Options, 'connect' | 'allowH2'>): Dispatcher {
    const known = this.#current.get(name);
    if (known !== undefined) return known;
    const made = this.#outside.network.dispatcher({
      connect: typeof connect === 'function' ? connect : { timeout: connectTimeout, ...connect },
      connections: connectionsPerOrigin,
      keepAliveTimeout,
      allowH2: allowH2 ?? false,
      maxHeaderSize: maxHeaderBytes,
      // The client bounds a request by the clock that it is given.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#current.set(name, made);
    return made;
  }
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  return { 'proxy-authorization': basicHeader(decodeURIComponent(username), decodeURIComponent(password)) };
}

async function tlsOptions(tls: TlsArguments | undefined, files: Outside['files']): Promise<TlsOptions> {
  if (tls === undefined) return {};
  const text = async (pem: string, path: string) => (path === '' ? pem : await readText(path, files));
  const ca = await text(tls.ca_pem, tls.ca_file);
  const cert = await text(tls.cert_pem, tls.cert_file);
  const key = await text(tls.key_pem?.reveal() ?? '', tls.key_file);
  return {
    ...(ca !== '' && { ca }),
    ...(cert !== '' && { cert }),
    ...(key !== '' && { key }),
    ...(tls.server_name !== '' && { servername: tls.server_name }),
    ...(tls.min_version !== undefined && { minVersion: tls.min_version }),
    rejectUnauthorized: !tls.insecure_skip_verify,
  };
}
