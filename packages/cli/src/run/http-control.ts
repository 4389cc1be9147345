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

  /** Why the block that was given last is not in force. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Takes the block of a config; undefined where it has none. */
  take(settings: HttpSettings | undefined): void {
    this.#problem = undefined;
    try {
      this.#server?.configure(settings);
      this.#settings = settings;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#problem = `${error.message}; ${error.hint}`;
    }
  }

  /** Starts the server. Rejects with {@link CommandError} where it cannot listen or the block cannot be kept. */
  async start(options: Omit<ServerOptions, 'settings' | 'readFile'>): Promise<RunningServer> {
    try {
      this.#server = await startServer({ ...options, settings: this.#settings, readFile: readFileSync });
      return this.#server;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      throw new CommandError(`${error.message}; ${error.hint}`, exitCode.failed, { cause: error });
    }
  }
}
