import { Client, Dispatcher, errors } from 'undici';

/** One connection, and whether a request can go over it now. */
interface Connection {
  readonly client: Client;
  free: boolean;
}

interface Waiting {
  readonly request: Dispatcher.DispatchOptions;
  readonly handler: Dispatcher.DispatchHandler;
}

export interface PlainPoolOptions extends Client.Options {
  /** How many there may be at a time. */
  readonly connections: number;
}

/**
 * The connections to one origin over plain HTTP/1.1, one request at a time on each; more requests wait. undici's own
 * pool also knows HTTP/2, and holds 17 KB for what may have to wait: with thousands of targets, each an origin, that
 * was a seventh of all memory. Emits `disconnect` when its last connection is gone, so that an agent forgets it.
 */
export class PlainPool extends Dispatcher {
  readonly #origin: URL;
  readonly #options: PlainPoolOptions;
  readonly #open = new Set<Connection>();
  /** The one used last is used next, so that those too many are not kept alive. */
  readonly #free: Connection[] = [];
  /** Out of use, but with a request that still comes to its end, for which one may connect once more. */
  readonly #ending = new Set<Client>();
  readonly #waiting: Waiting[] = [];
  #closed = false;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(origin: string | URL, options: PlainPoolOptions) {
    super();
    this.#origin = new URL(origin);
    this.#options = options;
  }

  /** Says whether another request could begin at once. Throws when the pool is closed. */
  override dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#closed) throw new errors.ClientClosedError();
    const connection = this.#free.pop() ?? (this.#hasRoom ? this.#connect() : undefined);
    if (connection === undefined) this.#waiting.push({ request, handler });
    else this.#serve(connection, { request, handler });
    return this.#free.length > 0 || this.#hasRoom;
  }

  /** Takes no more requests; resolves when those that there are have ended. */
  override async close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting.length > 0) {
      this.#drained ??= Promise.withResolvers();
      await this.#drained.promise;
    }
    // One that is gone already refuses to be closed.
    await Promise.allSettled(this.#clients().map((client) => client.close()));
  }

  /** Ends all connections at once, and fails all requests. */
  override async destroy(error?: unknown): Promise<void> {
    this.#closed = true;
    for (const { request, handler } of this.#waiting.splice(0)) {
      // A connection that ends fails what waits for it.
      const [some = this.#connect()] = this.#open;
      some.client.dispatch(request, handler);
    }
    this.#drained?.resolve();
    const reason = error instanceof Error ? error : null;
    await Promise.all(this.#clients().map((client) => client.destroy(reason)));
  }

  #clients(): readonly Client[] {
    return [...Array.from(this.#open, ({ client }) => client), ...this.#ending];
  }

  get #hasRoom(): boolean {
    return this.#open.size + this.#ending.size < this.#options.connections;
  }

  #connect(): Connection {
    const client = new Client(this.#origin, this.#options);
    const connection = { client, free: false };
    const retire = (_: URL, __: readonly Dispatcher[], error: errors.UndiciError) =>
      this.#retire(connection, error);
    client
      .on('drain', () => this.#freed(connection))
      .on('disconnect', retire)
      .on('connectionError', retire);
    this.#open.add(connection);
    return connection;
  }

  #freed(connection: Connection): void {
    if (!connection.free && this.#open.has(connection)) this.#serve(connection, this.#waiting.shift());
  }

  /** Gives a connection one request, and more for as long as it is done with each at once. */
  #serve(connection: Connection, first: Waiting | undefined): void {
    connection.free = false;
    let next = first;
    while (next !== undefined && !this.#isBusyWith(connection, next)) next = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#drained?.resolve();
    if (next === undefined) this.#rest(connection);
  }

  /** Keeps a connection for the next request; one that never came about, as all that it had was refused, ends. */
  #rest(connection: Connection): void {
    if (connection.client.stats.connected) {
      connection.free = true;
      this.#free.push(connection);
    } else this.#retire(connection, new errors.ClientClosedError());
  }

  /** What is refused, such as a header that none may send, leaves nothing that a connection could be drained of. */
  #isBusyWith(connection: Connection, { request, handler }: Waiting): boolean {
    const { client } = connection;
    try {
      return !client.dispatch(request, handler) && client.stats.size > 0;
    } catch (error) {
      // For a handler that takes no errors. The next request must not wait for this one.
      queueMicrotask(() => this.#freed(connection));
      throw error;
    }
  }

  /** A connection that was lost is not made anew: what comes next may find another. */
  #retire(connection: Connection, error: errors.UndiciError): void {
    if (!this.#open.delete(connection)) return;
    if (connection.free) this.#free.splice(this.#free.indexOf(connection), 1);
    const { client } = connection;
    this.#ending.add(client);
    const gone = () => {
      this.#ending.delete(client);
      if (this.#waiting.length > 0 && this.#hasRoom) this.#serve(this.#connect(), this.#waiting.shift());
      if (this.#open.size + this.#ending.size === 0) this.emit('disconnect', this.#origin, [this], error);
    };
    client.close().then(gone, gone);
  }
}
