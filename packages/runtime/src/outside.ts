import type { Agent, Dispatcher } from 'undici';

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
  /** Calls back after the file changed, was made or was removed; coalesced. */
  watch(path: string, changed: () => void): Cancel;
}

/** The environment of the process. */
export interface Environment {
  /** The value of a variable, undefined where it is not set. */
  get(name: string): string | undefined;
  /** The machine, for the language's `constants`; they are unknown where it is absent. */
  readonly host?: Host;
}

/** A machine, named as Go names operating systems and processors. */
export interface Host {
  readonly hostname: string;
  /** `linux`, `darwin`, `windows`. */
  readonly os: string;
  /** `amd64`, `arm64`. */
  readonly arch: string;
}

/** The network: every connection that a component opens goes through a dispatcher made here. */
export interface Network {
  /** A new connection pool; the component that asked for it closes it. */
  dispatcher(options: Agent.Options): Dispatcher;
}

/** All ways out of the program. A component has no others, which makes virtual time and recorded runs possible. */
export interface Outside {
  readonly clock: Clock;
  readonly files: Files;
  readonly environment: Environment;
  readonly network: Network;
}
