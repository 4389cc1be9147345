import type { Agent, Dispatcher } from 'undici';
import type { Databases } from './database.ts';

/** Ends what it was given for (a timer, a watch). Calling it twice is harmless. */
export type Cancel = () => void;

/**
 * Time. The real clock never keeps the process alive by itself; the virtual one of the test kit moves only
 * when it is told to.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, fractions allowed. */
  now(): number;
  /** Milliseconds on a clock that never jumps; for measuring how long something took. */
  monotonic(): number;
  /** Calls back once after `milliseconds`, however many they are, unless cancelled before. */
  setTimeout(callback: () => void, milliseconds: number): Cancel;
}

/** The file system, as far as components need it. */
export interface Files {
  /** The bytes of a file; rejects with Node's error (`code` such as `ENOENT`). */
  read(path: string): Promise<Uint8Array>;
  /** The same at once, for the few small files that a component must have before it exports anything; throws Node's error. */
  readNow(path: string): Uint8Array;
  /** The names of what is in a folder; undefined where the path is no folder. Rejects when it is not there or cannot be read. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** Calls back after the file changed, was made or was removed; coalesced. */
  watch(path: string, changed: () => void): Cancel;
  /** What a path leads to, links followed; rejects with Node's error. */
  stat(path: string): Promise<FileFacts>;
  /** Where a symbolic link points, as it is written there; rejects with Node's error. */
  readLink(path: string): Promise<string>;
  /** Calls back after an entry of the folder was made, removed or written; coalesced. A folder that is not there is waited for. */
  watchFolder(folder: string, changed: () => void): Cancel;
}

/** What a path leads to. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  /** Milliseconds since the Unix epoch. */
  readonly modified: number;
  /** The same for all paths that lead to it. */
  readonly id: string;
}

/** The environment of the process. */
export interface Environment {
  /** The value of a variable, undefined where it is not set. */
  get(name: string): string | undefined;
  /** The machine, for the language's `constants`; they are unknown where it is absent. */
  readonly host?: Host;
  /** What the process has used so far; its metrics are left out where this is absent. */
  readonly usage?: () => ProcessUsage;
}

/** What a process, and the machine that it runs on, have used. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly virtualBytes: number;
  /** Milliseconds since the Unix epoch. */
  readonly started: number;
  /** Of the whole machine. */
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** A machine, named as Go names operating systems and processors. */
export interface Host {
  readonly hostname: string;
  /** `linux`, `darwin`, `windows`. */
  readonly os: string;
  /** `amd64`, `arm64`. */
  readonly arch: string;
}

/** The network: every connection that a component opens goes through a dispatcher made here, every other one comes in through a listener. */
export interface Network {
  /** A new connection pool; the component that asked for it closes it. */
  dispatcher(options: Agent.Options): Dispatcher;
  /** A client of the name servers at these addresses, asked in their order. */
  nameClient(servers: readonly string[]): NameClient;
  /** Starts a server of HTTP/1.1 and HTTP/2. Rejects with Node's error (`code` such as `EADDRINUSE`) when it cannot listen there. */
  listen(options: ListenOptions, handler: ServerHandler): Promise<Listener>;
}

/** Where and how a server listens; times in milliseconds, 0 is without limit. */
export interface ListenOptions {
  /** A name or address of this machine; empty for all. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly maxConnections: number;
  /** How long a request may take to arrive. */
  readonly readTimeoutMs: number;
  /** How long a connection may wait for its next request. */
  readonly idleTimeoutMs: number;
  /** Plain HTTP where it is absent. */
  readonly tls?: ServerTls;
}

/** The TLS of a server; texts in PEM form. */
export interface ServerTls {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
  /** Every client must show a certificate that comes from this authority; none is asked for where it is absent. */
  readonly clientCa?: string | Uint8Array;
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
}

/** A request as a server takes it. */
export interface ServerRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Headers;
  /** The address that it came from; empty where the connection is gone. */
  readonly client: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** What a server answers. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Answers one request; a rejection is answered with 500. */
export type ServerHandler = (request: ServerRequest) => Promise<ServerAnswer>;

/** A server that listens. */
export interface Listener {
  /** `host:port` as it is bound. */
  readonly address: string;
  /** How many connections there are now. */
  readonly connections: number;
  /** Takes no more connections, and resolves when those that there are have ended; cuts them when the signal aborts. */
  close(signal: AbortSignal): Promise<void>;
}

/** The kinds of DNS records that components ask for. */
export type RecordType = 'A' | 'AAAA' | 'SRV' | 'MX' | 'NS';

/** One record of a DNS answer. */
export interface NameRecord {
  /** The address, or the name that the record leads to, without a final dot. */
  readonly value: string;
  /** Only of `SRV`. */
  readonly port?: number;
}

/** Asks name servers directly: no hosts file, no search list. */
export interface NameClient {
  /** The records; `missing` where the name does not exist. Rejects with Node's error when no server gives an answer, or after `cancel`. */
  lookup(name: string, type: RecordType): Promise<readonly NameRecord[] | 'missing'>;
  /** Ends lookups under way. */
  cancel(): void;
}

/** The programs of the machine that are run, and no others: `git`, and the credential plugin that a user's kubeconfig names. */
export type ProgramName = 'git' | (string & {});

/** How a program is run. */
export interface ProgramOptions {
  /**
   * Variables besides those of this process; undefined takes one away. A secret travels here, never as an argument:
   * those can be read by all users of the machine. `folder` is the one that holds `privateFiles`.
   */
  readonly environment?: (folder: string) => Readonly<Record<string, string | undefined>>;
  /** Files by name that only this user can read and run, there for as long as the program runs. */
  readonly privateFiles?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** After so many milliseconds it is ended. */
  readonly timeoutMs: number;
}

/** How a program ended. */
export interface ProgramResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Other programs, started without a shell. */
export interface Programs {
  /** Resolves with how it ended, whatever its status; rejects when it cannot be started, was ended from here, or says more than a mebibyte. */
  run(program: ProgramName, args: readonly string[], options: ProgramOptions): Promise<ProgramResult>;
}

/** All ways out of the program. A component has no others, which makes virtual time and recorded runs possible. */
export interface Outside {
  readonly clock: Clock;
  readonly files: Files;
  readonly environment: Environment;
  readonly network: Network;
  readonly programs: Programs;
  readonly databases: Databases;
}
