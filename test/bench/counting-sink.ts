import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A push server in a process of its own: reads a request, waits as many milliseconds as its argument says, takes it.
const delayMs = Number(process.argv[2] ?? 0);

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.on('end', () => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/proto' }).end(), delayMs);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
