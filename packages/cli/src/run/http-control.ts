import { readFileSync } from 'node:fs';
import {
  type HttpSettings,
  type RunningServer,
  ServerError,
  type ServerOptions,
  startServer,
} from '@pewter/server';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/** The HTTP server with the `http` block that governs it: known from the first load, in force from the start on, changed by reloads. */
export class HttpControl {
  #settings: HttpSettings | undefined;
  #server: RunningServer | undefined;
  #problem: string | undefined;
  #held = false;

  /** Why the block that was given last is not in force. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes the block of a config; undefined where it has none. */
  take(settings: HttpSettings | undefined): void {
    this.#problem = undefined;
    this.#held = false;
    try {
      this.#server?.configure(settings);
      this.#settings = settings;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#problem = `${error.message}; ${error.hint}`;
    }
  }

  /** There is a block, and what it says is not known. A server that is started then lets nobody in; one that listens goes on as it was. */
  hold(): void {
    this.#held = this.#server === undefined;
  }

  /** Starts the server. Rejects with {@link CommandError} where it cannot listen or the block cannot be kept. */
  async start(options: Omit<ServerOptions, 'settings' | 'closed' | 'readFile'>): Promise<RunningServer> {
    try {
      const settings = { settings: this.#settings, closed: this.#held, readFile: readFileSync };
      this.#server = await startServer({ ...options, ...settings });
      return this.#server;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      throw new CommandError(`${error.message}; ${error.hint}`, exitCode.failed, { cause: error });
    }
  }
}
