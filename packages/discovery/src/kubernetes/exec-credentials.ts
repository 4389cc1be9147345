import type { Outside, ProgramResult } from '@pewter/runtime';
import { type Fields, items, mustBeObject, record, textOf } from '../untrusted.ts';

/** A program that a kubeconfig names for getting credentials (`users[].user.exec`). */
export interface ExecPlugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** What the kubeconfig says to do where the program is not there; empty for nothing. */
  readonly hint: string;
}

/** The plugin that the `exec` of a user describes; `resolve` finds a command that is given with a path. */
export function execPlugin(exec: Fields, resolve: (path: string) => string): ExecPlugin {
  const command = textOf(exec.command);
  if (command === '') throw new Error('`exec` of the kubeconfig has no `command`');
  const variables = items(exec.env).map(record);
  return {
    command: command.includes('/') ? resolve(command) : command,
    args: items(exec.args).map(textOf),
    environment: Object.fromEntries(variables.map(({ name, value }) => [textOf(name), textOf(value)])),
    apiVersion: textOf(exec.apiVersion),
    hint: textOf(exec.installHint),
  };
}

interface Token {
  readonly header: string;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

const timeoutMs = 60_000;
/** A token that ends so soon is not begun with any more, milliseconds. */
const marginMs = 10_000;

/**
 * Tokens from a plugin, by the protocol of client-go's credential plugins: run when there is no token, when the last
 * one is about to end, and after the server has refused it; one run at a time.
 */
export class ExecCredentials {
  readonly #plugin: ExecPlugin;
  readonly #outside: Pick<Outside, 'programs' | 'clock'>;
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;

  constructor(plugin: ExecPlugin, outside: Pick<Outside, 'programs' | 'clock'>) {
    this.#plugin = plugin;
    this.#outside = outside;
  }

  /** The value of the Authorization header. Rejects with an Error that names the program and what is wrong. */
  async header(): Promise<string> {
    if (this.#token === undefined || this.#token.until - marginMs <= this.#outside.clock.now()) {
      this.#pending ??= this.#run().finally(() => {
        this.#pending = undefined;
      });
      this.#token = await this.#pending;
    }
    return this.#token.header;
  }

  /** The server has refused the token: the next one is asked for. */
  refused(): void {
    this.#token = undefined;
  }

  async #run(): Promise<Token> {
    const { command, args, environment, apiVersion, hint } = this.#plugin;
    const info = { kind: 'ExecCredential', apiVersion, spec: { interactive: false } };
    const variables = { ...environment, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
    const options = {
      environment: () => variables,
      signal: new AbortController().signal,
      timeoutMs,
    };
    try {
      return tokenOf(await this.#outside.programs.run(command, args, options));
    } catch (cause) {
      const advice = hint === '' ? '' : `; ${hint.trim()}`;
      throw new Error(`no credentials from \`${command}\`: ${(cause as Error).message}${advice}`, { cause });
    }
  }
}

/** What a plugin wrote may be a secret, save what it says of a failure. */
function tokenOf({ status, stdout, stderr }: ProgramResult): Token {
  if (status !== 0) throw new Error(`it ended with status ${status}: ${stderr.trim().slice(0, 300)}`);
  const { token, clientCertificateData, expirationTimestamp } = record(credential(stdout).status);
  if (textOf(token) !== '') {
    const until = Date.parse(textOf(expirationTimestamp));
    return {
      header: `Bearer ${textOf(token)}`,
      until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until,
    };
  }
  if (clientCertificateData !== undefined)
    throw new Error('it gives a client certificate, and only tokens are supported');
  throw new Error('it gives no token');
}

function credential(text: string): Fields {
  try {
    return mustBeObject(JSON.parse(text), 'what it wrote');
  } catch {
    throw new Error('what it wrote is no ExecCredential');
  }
}
