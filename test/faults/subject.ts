import { setTimeout as delay } from 'node:timers/promises';
import { reservedPort } from '@pewter/testkit';
import { type ScratchFolder, scratchFolder } from '../harness/files.ts';
import { type RunningProcess, spawnPewter } from '../harness/process.ts';

/** Makes a config; `port` is that of its receive_http. */
export type Config = (port: number) => string;

export interface SubjectOptions {
  /** Below which components keep data; a folder of its own where it is absent. */
  readonly storage?: string;
  /** Arguments of Node, before the program. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A `pewter run` that is started, killed and started again over the same folder and ports. */
export class Subject implements AsyncDisposable {
  readonly folder: ScratchFolder;
  readonly storage: string;
  /** Where its `pyroscope.receive_http` listens. */
  readonly receive: string;
  /** Its HTTP API. */
  readonly api: string;
  readonly #ports: readonly [api: number, receive: number];
  readonly #options: SubjectOptions;
  #config: Config;
  #process: RunningProcess | undefined;
  /** Everything that all of its processes logged. */
  readonly log: string[] = [];

  private constructor(
    folder: ScratchFolder,
    ports: readonly [number, number],
    config: Config,
    options: SubjectOptions,
  ) {
    this.folder = folder;
    this.storage = options.storage ?? `${folder.path}/data`;
    this.#ports = ports;
    this.#config = config;
    this.#options = options;
    this.api = `http://127.0.0.1:${ports[0]}`;
    this.receive = `http://127.0.0.1:${ports[1]}`;
  }

  /** Prepares one; nothing runs yet. */
  static async create(config: Config, options: SubjectOptions = {}): Promise<Subject> {
    return new Subject(await scratchFolder(), [await reservedPort(), await reservedPort()], config, options);
  }

  get pid(): number {
    return this.#process?.child.pid ?? 0;
  }

  /** Starts a process and waits until it takes profiles. */
  async start(): Promise<void> {
    const [api] = this.#ports;
    const path = await this.folder.write('config.alloy', this.#config(this.#ports[1]));
    this.#process = spawnPewter(
      ['run', `--server.http.listen-addr=127.0.0.1:${api}`, `--storage.path=${this.storage}`, path],
      { cwd: this.folder.path, env: { ...this.#options.env } },
    );
    await until(async () => {
      if (this.#process?.child.exitCode !== null)
        throw new Error(`it ended:\n${this.#process?.stderr.entries.join('\n')}`);
      return (await fetch(`${this.receive}/none`).catch(() => undefined))?.status === 404;
    }, 'pewter run takes profiles');
  }

  /** Ends the process as if the power had gone, but for the disk. */
  async kill(): Promise<void> {
    this.#process?.child.kill('SIGKILL');
    await this.#ended();
  }

  /** Ends it with SIGTERM; gives its status and how long it took, milliseconds. */
  async stop(): Promise<{ status: number | null; took: number }> {
    const began = performance.now();
    this.#process?.child.kill('SIGTERM');
    const tooLate = setTimeout(() => this.#process?.child.kill('SIGKILL'), 25_000);
    const exit = await this.#process?.exited;
    clearTimeout(tooLate);
    await this.#ended();
    return { status: exit?.status ?? null, took: performance.now() - began };
  }

  /** Loads another config, or the same again. */
  async reload(config: Config = this.#config): Promise<Response> {
    this.#config = config;
    await this.folder.write('config.alloy', config(this.#ports[1]));
    return fetch(`${this.api}/-/reload`, { method: 'POST' });
  }

  /** The sum of a metric over its labels, or of those lines that `matching` is in. */
  async metric(name: string, matching = ''): Promise<number> {
    const text = await (await fetch(`${this.api}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(matching));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async health(id = 'pyroscope.write.out'): Promise<{ state: string; message: string }> {
    const answer = await fetch(`${this.api}/api/v0/web/components/${id}`);
    return ((await answer.json()) as { health: { state: string; message: string } }).health;
  }

  /** The log of the process that runs now or ended last. */
  get lines(): readonly string[] {
    return this.#process?.stderr.entries ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.folder[Symbol.asyncDispose]();
  }

  async #ended(): Promise<void> {
    await this.#process?.exited;
    this.log.push(...this.lines);
  }
}

/** Waits until something holds, looking often; rejects with what was waited for after 30 seconds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  ms = 30_000,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${ms / 1000} s this does not hold: ${what}`);
    await delay(20);
  }
}
