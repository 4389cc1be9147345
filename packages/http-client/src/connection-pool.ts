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
  /** What the way itself asks for, over the headers of the request. */
  readonly headers: Readonly<Record<string, string>> | undefined;
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
  /** Those from before a file of `tls_config` changed; each lives for as long as one of its connections. */
  #retired: readonly WeakRef<Dispatcher>[] = [];
  /** Where it names files, which are read again for each request. */
  readonly #tlsOfFiles: TlsArguments | undefined;
  #tls: TlsOptions = {};
  #key = '';
  #current = new Map<string, Dispatcher>();
  #closed = false;

  constructor(
    outside: Pick<Outside, 'network' | 'files' | 'environment'>,
    args: HttpClientArguments,
    options: PoolOptions,
  ) {
    this.#outside = outside;
    this.#args = args;
    this.#options = options;
    const { tls_config: tls } = args;
    if (tls === undefined) return;
    if (readsFiles(tls)) this.#tlsOfFiles = tls;
    else this.#tls = tlsOptions(tls);
  }

  /**
   * Reads the files of `tls_config` again, for the requests after that; undefined where it names none, so that those
   * who ask often need not wait for nothing. Rejects when one cannot be read.
   */
  refresh(): Promise<void> | undefined {
    return this.#tlsOfFiles && this.#readTls(this.#tlsOfFiles);
  }

  async #readTls(tls: TlsArguments): Promise<void> {
    const read = async (path: string) => (path === '' ? '' : await readText(path, this.#outside.files));
    const [ca, cert, key] = [await read(tls.ca_file), await read(tls.cert_file), await read(tls.key_file)];
    this.#tls = tlsOptions(tls, { ca, cert, key });
    this.#retireIfChanged(JSON.stringify(this.#tls));
  }

  /** The way to a URL, of which `path` is asked for. Throws after `close`. */
  route(url: URL, path: string): Route {
    const tls = this.#tls;
    if (this.#closed) throw new HttpClientError('aborted', 'the HTTP client is closed');
    const proxy = proxyFor(url, this.#args, this.#outside.environment);
    const isSecure = url.protocol === 'https:' || proxy?.protocol === 'https:';
    if (isSecure && !('ca' in tls)) trustSystem();
    if (proxy === undefined)
      return { dispatcher: this.#direct(), origin: url.origin, path, headers: undefined, proxy };
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
    return { dispatcher, origin: url.origin, path, headers: undefined, proxy: proxy.origin };
  }

  /** Ends all connections at once, with the requests on them. */
  async close(): Promise<void> {
    this.#closed = true;
    const retired = this.#retired.map((old) => old.deref());
    await Promise.all([...this.#current.values(), ...retired].map((dispatcher) => dispatcher?.destroy()));
  }

  /**
   * Requests under way on the old connections end in peace. They are not closed, as undici would not find them again to
   * end them; nobody uses them any more, so they are gone when they have been idle for long enough.
   */
  #retireIfChanged(key: string): void {
    if (this.#key === key) return;
    this.#key = key;
    const old = Array.from(this.#current.values(), (dispatcher) => new WeakRef(dispatcher));
    this.#retired = [...this.#retired.filter((one) => one.deref() !== undefined), ...old];
    this.#current = new Map();
  }

  #direct(): Dispatcher {
    const known = this.#current.get('direct');
    if (known !== undefined) return known;
    const { socketPath } = this.#options;
    const connect = { ...this.#tls, ...(socketPath !== undefined && { socketPath }) };
    return this.#dispatcher('direct', { connect, allowH2: this.#args.enable_http2 });
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

function readsFiles({ ca_file, cert_file, key_file }: TlsArguments): boolean {
  return [ca_file, cert_file, key_file].some((path) => path !== '');
}

/** Of PEM texts those of files count before those that are given directly. */
function tlsOptions(tls: TlsArguments, files = { ca: '', cert: '', key: '' }): TlsOptions {
  const pem = {
    ca: files.ca || tls.ca_pem,
    cert: files.cert || tls.cert_pem,
    key: files.key || (tls.key_pem?.reveal() ?? ''),
  };
  return {
    ...Object.fromEntries(Object.entries(pem).filter(([, text]) => text !== '')),
    ...(tls.server_name !== '' && { servername: tls.server_name }),
    ...(tls.min_version !== undefined && { minVersion: tls.min_version }),
    rejectUnauthorized: !tls.insecure_skip_verify,
  };
}
