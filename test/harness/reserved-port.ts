import { createServer } from 'node:http';
import { closeServer, listen } from './recording-target.ts';

/** Below the ports that systems hand out by themselves, so that nobody is given one of these meanwhile. */
const [first, count] = [20_000, 10_000];

let next = Math.floor(Math.random() * count);

/** A port on which nobody listens, and which no server that takes any port will get. */
export async function reservedPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = first + (next++ % count);
    const server = createServer();
    try {
      await listen(server, port);
      await closeServer(server);
      return port;
    } catch {
      // Somebody listens there.
    }
  }
  throw new Error('no free port found');
}
