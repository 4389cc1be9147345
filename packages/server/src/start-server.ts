import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { gateOf, openGate } from './basic-auth.ts';
import { createApp } from './create-app.ts';
import type { HttpSettings } from './http-block.ts';
import type { ServedRuntime } from './served-runtime.ts';
import { ServerError } from './server-error.ts';
import { type SwitchableServer, switchableServer } from './switchable-server.ts';
import type { ReadFile } from './tls-options.ts';

export interface ServerOptions {
  /** The address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly runtime: ServedRuntime;
  readonly logger: Logger;
  /** What this node is called in the list of peers. */
  readonly nodeName: string;
  /** What stands before `/api/v0/web` in the paths of the web API; `/` when absent. */
  readonly webPrefix?: string;
  /** Serves profiles of this process below `/debug/pprof/`. */
  readonly pprof?: boolean;
  /** The `http` block; plain HTTP for everyone when absent. */
  readonly settings?: HttpSettings | undefined;
  /** Lets nobody in until {@link RunningServer.configure} is called: what the settings are is not known yet. */
  readonly closed?: boolean;
  /** Reads the files that the settings name; throws Node's error. */
  readonly readFile: ReadFile;
}

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  /** The port it got. */
  readonly port: number;
  /** `http://HOST:PORT`, or `https:` while TLS is on. */
  readonly url: string;
  /**
   * Takes other settings for all requests, and their TLS for all new connections, on the same port. Throws
   * {@link ServerError}, and keeps those it has, where files cannot be read or certificate and key do not fit.
   */
  configure(settings: HttpSettings | undefined): void;
  /** Takes no more requests, answers those in flight, frees the port. Calling it again is harmless. */
  close(): Promise<void>;
}

/**
 * Starts the HTTP API of a running config. Rejects with {@link ServerError} where it cannot listen (the port
 * is in use, the address is not one of this machine, the settings are unusable); nothing stays open then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host } = options;
  const control = new Control(options);
  const app = createApp(options, control);
  try {
    control.configure(options.settings);
    if (options.closed === true) control.gate = () => false;
    await app.listen({ host, port: options.port });
  } catch (error) {
    await app.close();
    throw error instanceof ServerError ? error : ServerError.from(error, hostPort(host, options.port));
  }
  const port = listeningPort(app, options.port);
  control.address = hostPort(host, port);
  return {
    host,
    port,
    get url() {
      return `${control.secured ? 'https' : 'http'}://${control.address}`;
    },
    configure: (settings) => control.configure(settings),
    close: () => app.close(),
  };
}

/** What of a server can change while it listens. */
class Control {
  address: string;
  gate = openGate;
  secured = false;
  readonly #readFile: ReadFile;
  /** More than one where a name stands for several addresses. */
  readonly #servers: SwitchableServer[] = [];
  #settings: HttpSettings | undefined;

  constructor({ host, port, readFile }: ServerOptions) {
    this.address = hostPort(host, port);
    this.#readFile = readFile;
  }

  make(listener: Parameters<typeof switchableServer>[0]): SwitchableServer {
    const made = switchableServer(listener);
    made.useTls(this.#settings?.tls, this.#readFile);
    this.#servers.push(made);
    return made;
  }

  configure(settings: HttpSettings | undefined): void {
    try {
      // Each is made from the same settings: where the first can be, all can.
      for (const one of this.#servers) one.useTls(settings?.tls, this.#readFile);
    } catch (error) {
      throw ServerError.unusable(error);
    }
    this.#settings = settings;
    this.gate = gateOf(settings?.auth);
    this.secured = settings?.tls !== undefined;
  }

  closeIdle(): void {
    for (const one of this.#servers) one.closeIdle();
  }
}

function listeningPort(app: FastifyInstance, asked: number): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}

function hostPort(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}
