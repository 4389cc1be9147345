import { createHttpClient, type HttpClientArguments } from '@pewter/http-client';
import type { ComponentContext } from '@pewter/runtime';
import type { RequestClient } from './request-client.ts';
import { userAgent } from './version.ts';

/** An HTTP client whose arguments may change while requests are under way; those finish as they began. */
export interface ReplaceableClient extends RequestClient {
  /** Requests from now on are made with these arguments. */
  replace(args: HttpClientArguments): void;
}

type ClientContext = Pick<ComponentContext, 'clock' | 'environment' | 'files' | 'network'>;

/** The HTTP client of a component, from the arguments that scrape and write share. */
export function createReplaceableClient(
  context: ClientContext,
  args: HttpClientArguments,
): ReplaceableClient {
  const open = new Set<RetiringClient>();
  const start = (given: HttpClientArguments) => {
    const client = new RetiringClient(createHttpClient(context, given, { userAgent }), () =>
      open.delete(client),
    );
    open.add(client);
    return client;
  };
  let current = start(args);
  return {
    request: (request) => current.request(request),
    replace(changed) {
      const old = current;
      current = start(changed);
      old.retire();
    },
    async close() {
      await Promise.all([...open].map((client) => client.close()));
    },
  };
}

/** Counts its requests, to close itself after the last one. */
class RetiringClient implements RequestClient {
  readonly #client: RequestClient;
  readonly #closed: () => void;
  #underWay = 0;
  #retired = false;

  constructor(client: RequestClient, closed: () => void) {
    this.#client = client;
    this.#closed = closed;
  }

  async request(request: Parameters<RequestClient['request']>[0]) {
    this.#underWay++;
    try {
      return await this.#client.request(request);
    } finally {
      this.#underWay--;
      this.#closeIfDone();
    }
  }

  retire(): void {
    this.#retired = true;
    this.#closeIfDone();
  }

  async close(): Promise<void> {
    this.#closed();
    // What goes wrong while connections end is of no use to anybody.
    await this.#client.close().catch(() => undefined);
  }

  #closeIfDone(): void {
    if (this.#retired && this.#underWay === 0) void this.close();
  }
}
