import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReadyMessage } from './run-service.ts';

/** A service that runs in a process of its own. */
export interface ServiceProcess {
  readonly name: string;
  /** `host:port` */
  readonly address: string;
  /** Ends the process and waits until it has ended. */
  close(): Promise<void>;
}

/** Starts one of the services below `services/` and waits until it listens. Rejects when it ends before that. */
export async function startServiceProcess(name: string): Promise<ServiceProcess> {
  const module = fileURLToPath(new URL(`./services/${name}.ts`, import.meta.url));
  const child = fork(module, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { port } = await ready(child, name);
  return { name, address: `127.0.0.1:${port}`, close: () => end(child) };
}

function ready(child: ChildProcess, name: string): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as ReadyMessage));
    child.once('error', reject);
    child.once('exit', (status) =>
      reject(new Error(`service ${name} ended with status ${status} before it listened`)),
    );
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  else child.kill('SIGKILL');
  await exited;
}
