import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens and gives the port, which the system chooses for 0. Rejects with Node's error, such as `EADDRINUSE`. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address');
  return address.port;
}
