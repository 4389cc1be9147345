import { createServer, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { goLikeProfile, shapes } from './go-like-profile.ts';

// A process of its own, so that its work is not counted as pewter's: targets, service discovery and sink at one
// address. Prints its port, then a line of counts for each line on its standard input.

const { values } = parseArgs({ options: { targets: { type: 'string', default: '30' } } });
const targets = Number(values.targets);

/** How many captures there are of each kind before a target repeats its last. */
const versions = 24;
const profiles = new Map(
  Object.entries(shapes).map(([path, shape]) => [
    path,
    Array.from({ length: shape.cumulative ? versions : 1 }, (_, version) => goLikeProfile(shape, version)),
  ]),
);

const counts = { scrapes: 0, pushes: 0, pushedBytes: 0 };
const taken = new Map<string, number>();

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/sd') return sendTargets(response);
  if (request.method === 'POST') return takePush(request, response);
  return serveProfile(url, response);
});
// The default of five seconds would close connections between two scrapes of one target.
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const sizes = [...profiles].map(([path, [first]]) => [path, first?.length]);
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(`${JSON.stringify({ port, sizes: Object.fromEntries(sizes) })}\n`);
});
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify(counts)}\n`));
process.stdin.on('end', () => process.exit(0));

function sendTargets(response: ServerResponse): void {
  const own = server.address();
  const port = typeof own === 'object' ? own?.port : undefined;
  const groups = Array.from({ length: targets }, (_, index) => ({
    targets: [`127.0.0.1:${port}`],
    labels: {
      __profile_path_prefix__: `/t/${index}`,
      pod: `pod-${index}`,
      service_name: `service-${index % 20}`,
    },
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
function serveProfile(url: URL, response: ServerResponse): void {
  const [, target = '', path = ''] = /^(\/t\/\d+)?(\/.*)$/.exec(url.pathname) ?? [];
  const captures = profiles.get(path);
  if (captures === undefined) return void response.writeHead(404).end('Unknown profile\n');
  const key = target + path;
  const version = taken.get(key) ?? 0;
  taken.set(key, version + 1);
  const body = captures[Math.min(version, captures.length - 1)];
  setTimeout(
    () => {
      counts.scrapes++;
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
    },
    Number(url.searchParams.get('seconds') ?? 0) * 1000,
  );
}
