import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { goLikeProfile, heapOnly, shapes } from './go-like-profile.ts';

// A process of its own, so that its work is not counted as pewter's: targets, each at an address of its own, and
// service discovery and sink at another. Prints the port of those two, then a line of counts for each line on its
// standard input.

const { values } = parseArgs({
  options: { targets: { type: 'string', default: '30' }, 'heap-only': { type: 'boolean', default: false } },
});
const targets = Number(values.targets);

/** How many captures there are of each kind before a target repeats its last. */
const versions = 24;
const profiles = new Map(
  Object.entries(values['heap-only'] ? heapOnly : shapes).map(([path, shape]) => [
    path,
    Array.from({ length: shape.cumulative ? versions : 1 }, (_, version) => goLikeProfile(shape, version)),
  ]),
);

const counts = { scrapes: 0, pushes: 0, pushedBytes: 0 };
const taken = new Map<string, number>();

const ports = await Promise.all(
  Array.from({ length: targets }, (_, index) =>
    listen((request, response) => serveProfile(index, request.url ?? '/', response)),
  ),
);
const port = await listen((request, response) => {
  if (request.method === 'POST') return takePush(request, response);
  return sendTargets(response);
});
const sizes = [...profiles].map(([path, [first]]) => [path, first?.length]);
process.stdout.write(`${JSON.stringify({ port, sizes: Object.fromEntries(sizes) })}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(counts)}\n`));
process.stdin.on('end', () => process.exit(0));

/** A server on a free port; gives the port. */
async function listen(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  // The default of five seconds would close connections between two scrapes of one target.
  server.keepAliveTimeout = 60_000;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

function sendTargets(response: ServerResponse): void {
  const groups = ports.map((own, index) => ({
    targets: [`127.0.0.1:${own}`],
    labels: { pod: `pod-${index}`, service_name: `service-${index % 20}` },
  }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(groups));
}

function takePush(request: NodeJS.ReadableStream, response: ServerResponse): void {
  request.on('data', (chunk: Uint8Array) => {
    counts.pushedBytes += chunk.length;
  });
  request.on('end', () => {
    counts.pushes++;
    response.writeHead(200, { 'content-type': 'application/proto' }).end();
  });
}

/** The next capture of this target and kind; with `seconds` it takes as long as that, as in Go. */
function serveProfile(target: number, location: string, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(location, 'http://localhost');
  const captures = profiles.get(pathname);
  if (captures === undefined) return void response.writeHead(404).end('Unknown profile\n');
  const key = `${target} ${pathname}`;
  const version = taken.get(key) ?? 0;
  taken.set(key, version + 1);
  const body = captures[Math.min(version, captures.length - 1)];
  setTimeout(
    () => {
      counts.scrapes++;
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
    },
    Number(searchParams.get('seconds') ?? 0) * 1000,
  );
}
