import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The share of its time in which a service works. */
const busyShare = 0.15;

/** Sends one request after another for ever, with pauses that keep the load near {@link busyShare} of a core. */
export async function keepBusy(address: string, nextPath: () => string): Promise<never> {
  const agent = new Agent({ keepAlive: true });
  for (;;) {
    const started = performance.now();
    await readAll(`${address}${nextPath()}`, agent);
    const took = performance.now() - started;
    await sleep(took * (1 / busyShare - 1));
  }
}

function readAll(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => response.resume().on('end', resolve).on('error', reject)).on(
      'error',
      reject,
    );
  });
}
