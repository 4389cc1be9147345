import { setTimeout as delay } from 'node:timers/promises';
import { reservedPort } from '@pewter/testkit';
import type { ComponentJson } from './component-json.ts';
import { type ScratchFolder, scratchFolder } from './files.ts';
import type { Journal } from './journal.ts';
import { type Exit, pewterSources, type RunningProcess, spawnProgram } from './process.ts';

/** A `pewter run` that answers on its HTTP API. */
export interface Pewter extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly logs: Journal<string>;
  readonly folder: ScratchFolder;
  readonly exited: Promise<Exit>;
  /** A component of the API by its id. */
  component(id: string): Promise<ComponentJson>;
  /** Writes the config anew and reloads it; the answer of the API. */
  reload(config: string): Promise<Response>;
  stop(): Promise<Exit>;
}

/**
 * Starts `pewter run` with this config text and waits until it is ready. The command may be any that takes its flags and
 * answers on its API, as Alloy does.
 */
export async function startPewter(
  config: string,
  args: readonly string[] = [],
  command: readonly [string, ...string[]] = pewterSources,
): Promise<Pewter> {
  const folder = await scratchFolder();
  const path = await folder.write('config.alloy', config);
  const port = await reservedPort();
  const running = spawnProgram(
    [
      ...command,
      'run',
      `--server.http.listen-addr=127.0.0.1:${port}`,
      `--storage.path=${folder.path}/data`,
      ...args,
      path,
    ],
    { cwd: folder.path },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const exit = await running.stop();
    await folder[Symbol.asyncDispose]();
    return exit;
  };
  await ready(url, running).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url,
    pid: running.child.pid ?? 0,
    logs: running.stderr,
    folder,
    exited: running.exited,
    component: async (id) =>
      (await fetch(`${url}/api/v0/web/components/${id}`)).json() as Promise<ComponentJson>,
    reload: async (text) => {
      await folder.write('config.alloy', text);
      return fetch(`${url}/-/reload`, { method: 'POST' });
    },
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** Asks until the answer is 200; a process that ends before is an error with what it wrote. */
async function ready(url: string, running: RunningProcess): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    if (running.child.exitCode !== null) break;
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await delay(20);
  }
  throw new Error(
    `pewter did not get ready:\n${[...running.stdout.entries, ...running.stderr.entries].join('\n')}`,
  );
}
