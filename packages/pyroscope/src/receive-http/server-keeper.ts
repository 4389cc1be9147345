import type { ComponentContext, Health, HealthState, Listener, ServerHandler } from '@pewter/runtime';
import type { HttpArguments } from './arguments.ts';
import { listenOptions } from './listen-options.ts';

/** How long until a server that could not listen tries again, milliseconds. */
const retryMs = 5_000;
/** How long requests under way may take when the server moves, milliseconds. */
const moveMs = 5_000;

const causes: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program or component listens there',
  EACCES: 'this needs more rights: use a port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

/** Keeps one server listening where it is wanted. What cannot be listened on is health, tried again, and never a crash. */
export class ServerKeeper {
  readonly #context: Pick<ComponentContext, 'clock' | 'files' | 'logger' | 'network'>;
  readonly #handler: ServerHandler;
  #wanted: HttpArguments | undefined;
  #listener: Listener | undefined;
  #cancelRetry: () => void = () => undefined;
  // One step after the other: a server must be gone before the next one takes its port.
  #work: Promise<void> = Promise.resolve();
  #health: Health | undefined;

  constructor(
    context: Pick<ComponentContext, 'clock' | 'files' | 'logger' | 'network'>,
    handler: ServerHandler,
  ) {
    this.#context = context;
    this.#handler = handler;
  }

  get health(): Health | undefined {
    return this.#health;
  }

  /** How many connections there are now. */
  get connections(): number {
    return this.#listener?.connections ?? 0;
  }

  /** Listens there from soon on, and no longer elsewhere. Does nothing after a stop. */
  want(http: HttpArguments): void {
    this.#wanted = http;
    this.#cancelRetry();
    this.#then(async () => {
      await this.#close(moveMs);
      await this.#open(http);
    });
  }

  /** Listens no more; requests under way have `graceMs` to end. */
  async stop(graceMs: number): Promise<void> {
    this.#wanted = undefined;
    this.#cancelRetry();
    this.#then(() => this.#close(graceMs));
    await this.#work;
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error) => {
      this.#context.logger.error({ err: error }, 'server broke');
    });
  }

  async #open(http: HttpArguments): Promise<void> {
    if (this.#wanted !== http) return;
    const { clock, files, logger, network } = this.#context;
    try {
      this.#listener = await network.listen(await listenOptions(http, files), this.#handler);
      const { address } = this.#listener;
      this.#note('healthy', `listening on ${address}`);
      logger.info({ http: address }, 'server listening on addresses');
    } catch (error) {
      const message = problemOf(http, error);
      if (this.#health?.message !== message) logger.error({ err: message }, 'server cannot listen');
      this.#note('unhealthy', message);
      this.#cancelRetry = clock.setTimeout(() => this.#then(() => this.#open(http)), retryMs);
    }
  }

  async #close(graceMs: number): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    if (listener === undefined) return;
    const cut = new AbortController();
    const cancel = this.#context.clock.setTimeout(() => cut.abort(), graceMs);
    await listener.close(cut.signal);
    cancel();
  }

  #note(state: HealthState, message: string): void {
    this.#health = { state, message, updated: this.#context.clock.now() };
  }
}

function problemOf({ listen_address: host, listen_port: port }: HttpArguments, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const syscall = error instanceof Error && 'syscall' in error ? error.syscall : '';
  const cause = causes[code];
  const known = cause !== undefined && syscall !== 'open';
  const why = known ? `${cause} (${code})` : error instanceof Error ? error.message : String(error);
  return `cannot listen on ${host === '' ? '*' : host}:${port}: ${why}`;
}
