import { type HttpStream, linesOf, type StreamingHttpClient } from '@pewter/http-client';
import { type Fields, items, mustBeObject, record, textOf } from '../untrusted.ts';
import { type ApiError, apiError, type Named, type Wanted } from './api-error.ts';
import type { ExecCredentials } from './exec-credentials.ts';
import { resourcePath } from './resource.ts';

/** All objects of a moment, and the name of that moment. */
export interface Listed {
  readonly objects: readonly Fields[];
  readonly version: string;
}

/** One line of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: Fields;
}

const pageSize = 500;
const listTimeoutMs = 60_000;
/** The server ends a watch after this time, and the client soon after, should the server be gone without a word. */
const watchSeconds = 300;
const watchTimeoutMs = (watchSeconds + 30) * 1000;
/** Objects of a cluster are at most 1.5 MiB, since etcd takes no larger ones. */
const maxLineBytes = 8 << 20;

/** The API server, as far as a discovery needs it. Every refusal is an `ApiError`. */
export class KubernetesApi {
  readonly #client: StreamingHttpClient;
  readonly #url: string;
  readonly #credentials: ExecCredentials | undefined;

  /** `credentials` are those that the client itself does not have. */
  constructor(client: StreamingHttpClient, url: string, credentials?: ExecCredentials) {
    this.#client = client;
    this.#url = url;
    this.#credentials = credentials;
  }

  /** All objects, asked for page by page. */
  async list(wanted: Wanted, signal: AbortSignal): Promise<Listed> {
    const objects: Fields[] = [];
    let next = '';
    let version = '';
    do {
      const page = await this.#page(wanted, next, signal);
      const metadata = record(page.metadata);
      for (const item of items(page.items)) objects.push(record(item));
      version = textOf(metadata.resourceVersion);
      next = textOf(metadata.continue);
    } while (next !== '');
    return { objects, version };
  }

  /** One object; given up after `total` milliseconds. */
  async get(wanted: Named, signal: AbortSignal, total: number): Promise<Fields> {
    const { resource, namespace, name } = wanted;
    const url = `${this.#url}${resourcePath(resource, namespace)}/${encodeURIComponent(name)}`;
    const headers = await this.#headers();
    const answer = await this.#client.request({ url, signal, headers, timeouts: { total } });
    const text = Buffer.from(answer.body).toString('utf8');
    if (answer.status !== 200) throw this.#refusal(wanted, answer.status, lenient(text));
    return mustBeObject(parsed(text, `the object of ${resource}`), 'the object');
  }

  /** What changed since a version, as it happens, until the server ends it. `opened` is called once it has begun. */
  async *watch(
    wanted: Wanted,
    version: string,
    signal: AbortSignal,
    opened: () => void,
  ): AsyncGenerator<WatchEvent, void> {
    const parameters = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(watchSeconds),
      resourceVersion: version,
    };
    const url = this.#address(wanted, parameters);
    const headers = await this.#headers();
    const stream = await this.#client.stream({ url, signal, headers, timeouts: { total: watchTimeoutMs } });
    if (stream.status !== 200) throw this.#refusal(wanted, stream.status, await firstObject(stream));
    opened();
    for await (const line of linesOf(stream.chunks, maxLineBytes)) {
      if (line.trim() === '') continue;
      const { type, object } = mustBeObject(parsed(line, `a watch of ${wanted.resource}`), 'an event');
      if (type === 'ERROR') throw apiError(wanted, Number(record(object).code ?? 0), object);
      yield { type: textOf(type), object: mustBeObject(object, 'the object of an event') };
    }
  }

  async #page(wanted: Wanted, next: string, signal: AbortSignal): Promise<Fields> {
    const parameters = { limit: String(pageSize), ...(next !== '' && { continue: next }) };
    const url = this.#address(wanted, parameters);
    const headers = await this.#headers();
    const answer = await this.#client.request({ url, signal, headers, timeouts: { total: listTimeoutMs } });
    const text = Buffer.from(answer.body).toString('utf8');
    if (answer.status !== 200) throw this.#refusal(wanted, answer.status, lenient(text));
    const page = mustBeObject(parsed(text, `the list of ${wanted.resource}`), 'the list');
    if (!Array.isArray(page.items) && page.items !== null) throw new Error('`items` of the list is no list');
    return page;
  }

  async #headers(): Promise<Readonly<Record<string, string>>> {
    const credentials = this.#credentials;
    return credentials === undefined ? accept : { ...accept, authorization: await credentials.header() };
  }

  #refusal(wanted: Wanted | Named, status: number, said: unknown): ApiError {
    if (status === 401) this.#credentials?.refused();
    return apiError(wanted, status, said);
  }

  #address({ resource, namespace, selector }: Wanted, parameters: Readonly<Record<string, string>>): string {
    const query = new URLSearchParams({ ...parameters, ...selector });
    return `${this.#url}${resourcePath(resource, namespace)}?${query}`;
  }
}

const accept = { accept: 'application/json' };

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${what} has invalid JSON`, { cause });
  }
}

/** What a refusal says, if it is JSON. */
function lenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function firstObject({ chunks }: HttpStream): Promise<unknown> {
  for await (const line of linesOf(chunks, maxLineBytes)) return lenient(line);
  return undefined;
}
