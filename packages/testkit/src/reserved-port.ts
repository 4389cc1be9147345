import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves, so that nobody is given one of these meanwhile. */
const [first, count] = [20_000, 10_000];
/** Ports of one process; test files run in processes whose numbers are close to each other. */
const ofEach = 40;

let next = (process.pid * ofEach) % count;

/**
 * A port of the loopback on which nobody listens now, each time another one, and which no server and no connection
 * that takes any port will get.
 */
export async function reservedPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = first + (next++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port found');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
