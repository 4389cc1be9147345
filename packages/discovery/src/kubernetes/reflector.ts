import { HttpClientError } from '@pewter/http-client';
import type { Clock } from '@pewter/runtime';
import { pause } from '../pause.ts';
import { type Fields, record, textOf } from '../untrusted.ts';
import type { KubernetesApi, WatchEvent } from './api.ts';
import { ApiError, type Wanted } from './api-error.ts';
import { objectKey } from './role.ts';

/** Who is told what a reflector sees. */
export interface ReflectorEvents {
  /** An object came, changed or went; undefined where it is gone. */
  changed(key: string, object: Fields | undefined): void;
  /** All objects of a list have been told. */
  listed(): void;
  /** The API server answers. */
  succeeded(): void;
  /** It does not, or not as it should; tried again later. */
  failed(error: unknown): void;
}

export interface ReflectorOptions {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly wanted: Wanted;
  readonly events: ReflectorEvents;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** Says that the version is too old to go on from. */
const gone = 410;

/** Keeps up with all objects of a kind: one list, then watches that go on where the last one ended. */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #known = new Set<string>();
  /** Where to go on; undefined when it takes a new list. */
  #version: string | undefined;
  /** Whether the watch of now has begun. */
  #watching = false;

  constructor(options: ReflectorOptions) {
    this.#options = options;
  }

  /** Works until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, events } = this.#options;
    let wait = firstPauseMs;
    while (!signal.aborted) {
      const start = clock.monotonic();
      this.#watching = false;
      try {
        if (this.#version === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isConnection(error)) this.#version = undefined;
        if (!isGone(error) && !(this.#watching && isCut(error))) {
          events.failed(error);
          await pause(clock, wait, signal);
          wait = Math.min(wait * 2, longestPauseMs);
          continue;
        }
      }
      // A server that ends every watch at once is not asked without pause.
      wait = firstPauseMs;
      await pause(clock, Math.max(0, firstPauseMs - (clock.monotonic() - start)), signal);
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { api, wanted, events } = this.#options;
    const { objects, version } = await api.list(wanted, signal);
    if (signal.aborted) return;
    const missing = new Set(this.#known);
    for (const object of objects) {
      missing.delete(objectKey(object));
      this.#set(object);
    }
    for (const key of missing) this.#remove(key);
    this.#version = version;
    events.succeeded();
    events.listed();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { api, wanted, events } = this.#options;
    const opened = () => {
      this.#watching = true;
      events.succeeded();
    };
    for await (const event of api.watch(wanted, this.#version ?? '', signal, opened)) {
      if (signal.aborted) return;
      this.#apply(event);
    }
  }

  #apply({ type, object }: WatchEvent): void {
    if (type === 'ADDED' || type === 'MODIFIED') this.#set(object);
    else if (type === 'DELETED') this.#remove(objectKey(object));
    else if (type !== 'BOOKMARK') throw new Error(`a watch has an event of the unknown type \`${type}\``);
    this.#version = textOf(record(object.metadata).resourceVersion) || this.#version;
  }

  #set(object: Fields): void {
    const key = objectKey(object);
    this.#known.add(key);
    this.#options.events.changed(key, object);
  }

  #remove(key: string): void {
    if (this.#known.delete(key)) this.#options.events.changed(key, undefined);
  }
}

/** A watch that ends early is resumed; that the server is down shows when that fails. */
function isCut(error: unknown): boolean {
  return error instanceof HttpClientError && (error.kind === 'reset' || error.phase === 'body');
}

function isConnection(error: unknown): boolean {
  return error instanceof HttpClientError && error.kind !== 'too-large';
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === gone;
}
