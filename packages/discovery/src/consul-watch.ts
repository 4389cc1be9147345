import type { HttpClient } from '@pewter/http-client';
import type { Clock } from '@pewter/runtime';
import type { ConsulArguments } from './consul.ts';
import { consulTargets } from './consul-targets.ts';
import { jsonOf } from './json-answer.ts';
import { pause } from './pause.ts';
import { items, mustBeList, mustBeObject, record, textOf } from './untrusted.ts';
import type { TargetFeed, TargetWatch } from './watch-loop.ts';

/** What a watch of Consul works with; it closes the client. */
export interface ConsulWatchOptions {
  readonly clock: Clock;
  readonly client: HttpClient;
  readonly url: string;
  readonly args: ConsulArguments;
  /** Called for every failed query. */
  failed(): void;
}

const retryMs = 15_000;
/** The server holds a query for two minutes, and the answer may take its time after that. */
const waitMs = 120_000;
const timeoutMs = 135_000;

/** Watches the catalogue, and each service in it that is wanted. */
export function consulWatch(options: ConsulWatchOptions): TargetWatch {
  return {
    run: (feed, signal) => new Watch(options, feed, signal).run(),
    close: () => options.client.close(),
  };
}

class Watch {
  readonly #options: ConsulWatchOptions;
  readonly #feed: TargetFeed;
  readonly #signal: AbortSignal;
  readonly #services = new Map<string, { readonly end: AbortController; readonly done: Promise<void> }>();
  /** Loops that fail now; all is well only where there are none. */
  readonly #failing = new Set<string>();
  #datacenter: string;

  constructor(options: ConsulWatchOptions, feed: TargetFeed, signal: AbortSignal) {
    this.#options = options;
    this.#feed = feed;
    this.#signal = signal;
    this.#datacenter = options.args.datacenter;
  }

  async run(): Promise<void> {
    const { services = [], tags = [] } = this.#options.args;
    if (this.#datacenter === '') await this.#findDatacenter();
    if (services.length > 0 && tags.length === 0) for (const name of services) this.#watchService(name);
    else
      await this.#query('catalog', 'catalog/services', [], this.#signal, (answer) => this.#reconcile(answer));
    await Promise.all([...this.#services.values()].map(({ done }) => done));
  }

  async #findDatacenter(): Promise<void> {
    while (!this.#signal.aborted && this.#datacenter === '') {
      const answer = await this.#attempt('agent', 'agent/self', this.#signal);
      this.#datacenter = textOf(record(record(answer?.body).Config).Datacenter);
      if (this.#datacenter !== '') return;
      if (answer !== undefined) this.#tellFailure('agent', new Error('the agent names no datacenter'));
      await pause(this.#options.clock, retryMs, this.#signal);
    }
  }

  /** Watches what came into the catalogue, and no longer what went out of it. */
  #reconcile(answer: unknown): void {
    const listed = mustBeObject(answer, 'the catalogue');
    const { services = [], tags = [] } = this.#options.args;
    for (const [name, { end }] of this.#services) {
      if (name in listed) continue;
      end.abort();
      this.#services.delete(name);
      this.#failing.delete(name);
      this.#feed.set(name, []);
    }
    for (const [name, given] of Object.entries(listed)) {
      const wanted = services.length === 0 || services.includes(name);
      const has = new Set(items(given));
      if (wanted && tags.every((tag) => has.has(tag)) && !this.#services.has(name)) this.#watchService(name);
    }
    if (this.#services.size === 0) this.#feed.set('', []);
  }

  #watchService(name: string): void {
    const { tags = [], tag_separator: separator } = this.#options.args;
    const end = new AbortController();
    const signal = AbortSignal.any([this.#signal, end.signal]);
    const parameters = tags.map((tag) => ['tag', tag] as const);
    const path = `health/service/${encodeURIComponent(name)}`;
    const done = this.#query(name, path, parameters, signal, (answer) => {
      const service = { name, datacenter: this.#datacenter, separator };
      const targets = consulTargets(mustBeList(answer, `the answer for service \`${name}\``), service);
      if (!signal.aborted) this.#feed.set(name, targets);
    });
    this.#services.set(name, { end, done });
  }

  /** One blocking query after the other; an answer with the index of the last has nothing new. */
  async #query(
    loop: string,
    path: string,
    parameters: readonly (readonly [string, string])[],
    signal: AbortSignal,
    accept: (answer: unknown) => void,
  ): Promise<void> {
    const { clock, args } = this.#options;
    let index = '';
    while (!signal.aborted) {
      const start = clock.monotonic();
      const query = new URLSearchParams();
      for (const [name, value] of [...parameters, ...this.#parameters(index)]) query.append(name, value);
      const answer = await this.#attempt(loop, `${path}?${query}`, signal, (found) => {
        if (found.index === '' || found.index !== index) accept(found.body);
      });
      if (answer !== undefined) index = answer.index;
      const wait = answer === undefined ? retryMs : args.refresh_interval - (clock.monotonic() - start);
      await pause(clock, wait, signal);
    }
  }

  /** The answer; undefined where there was none or it could not be used, which is told. */
  async #attempt(
    loop: string,
    path: string,
    signal: AbortSignal,
    accept: (answer: Answer) => void = () => {},
  ): Promise<Answer | undefined> {
    const { client, url, args } = this.#options;
    const token = args.token?.reveal() ?? '';
    try {
      const response = await client.request({
        url: `${url}/v1/${path}`,
        signal,
        headers: token === '' ? {} : { 'x-consul-token': token },
        timeouts: { total: timeoutMs },
      });
      const answer = { body: jsonOf(response), index: String(response.headers['x-consul-index'] ?? '') };
      accept(answer);
      this.#failing.delete(loop);
      if (this.#failing.size === 0 && loop !== 'agent') this.#feed.succeeded();
      return answer;
    } catch (error) {
      if (!signal.aborted) this.#tellFailure(loop, error);
      return undefined;
    }
  }

  #tellFailure(loop: string, error: unknown): void {
    this.#options.failed();
    this.#failing.add(loop);
    this.#feed.failed(error);
  }

  #parameters(index: string): readonly (readonly [string, string])[] {
    const { args } = this.#options;
    const all: readonly (readonly [string, string])[] = [
      ['wait', `${waitMs}ms`],
      ['index', index],
      ['dc', args.datacenter],
      ['ns', args.namespace],
      ['partition', args.partition],
    ];
    const meta = [...(args.node_meta ?? [])].map(([key, value]) => ['node-meta', `${key}:${value}`] as const);
    const stale = args.allow_stale ? [['stale', ''] as const] : [];
    return [...all.filter(([, value]) => value !== ''), ...meta, ...stale];
  }
}

interface Answer {
  readonly body: unknown;
  readonly index: string;
}
