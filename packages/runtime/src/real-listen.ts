import type { TlsOptions } from 'node:tls';
import { type BothServer, createBothServer, type EitherRequest, type EitherResponse } from './http-server.ts';
import type { Listener, ListenOptions, ServerHandler, ServerRequest, ServerTls } from './outside.ts';

/** How often requests that take too long are looked for, milliseconds. */
const checkingInterval = 1_000;

/** Starts a server on the machine's network. */
export async function realListen(options: ListenOptions, handler: ServerHandler): Promise<Listener> {
  const { readTimeoutMs, idleTimeoutMs, tls } = options;
  const limits = {
    requestTimeout: readTimeoutMs,
    headersTimeout: readTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    connectionsCheckingInterval: checkingInterval,
  };
  const both = createBothServer(
    limits,
    tls && tlsOptions(tls),
    (request, response) => void answer(request, response, handler),
  );
  const { server } = both;
  if (options.maxConnections > 0) server.maxConnections = options.maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: options.host === '' ? undefined : options.host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // What goes wrong from here on concerns one connection, which is closed.
  server.on('error', () => undefined);
  return {
    address: addressOf(server, options.host),
    get connections() {
      return both.connections;
    },
    close: (signal) => close(both, signal),
  };
}

function tlsOptions({ cert, key, clientCa, minVersion }: ServerTls): TlsOptions {
  return {
    cert: asInput(cert),
    key: asInput(key),
    ...(clientCa !== undefined && { ca: asInput(clientCa), requestCert: true, rejectUnauthorized: true }),
    ...(minVersion !== undefined && { minVersion }),
  };
}

function asInput(given: string | Uint8Array): string | Buffer {
  return typeof given === 'string' ? given : Buffer.from(given);
}

/** Never rejects: what a client does wrong ends its connection alone. */
async function answer(
  request: EitherRequest,
  response: EitherResponse,
  handler: ServerHandler,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.on('error', () => undefined);
  try {
    const { status, headers, body } = await handler(requestOf(request, gone.signal));
    // What was not read of a request would be taken for the next one.
    const rest = request.complete || request.httpVersionMajor === 2 ? {} : { connection: 'close' };
    if (!response.destroyed) writeHead(response, status, { ...headers, ...rest }).end(body);
  } catch {
    const end = request.httpVersionMajor === 2 ? {} : { connection: 'close' };
    if (!response.headersSent && !response.destroyed) writeHead(response, 500, end).end();
  }
}

/** Both kinds of response have this, in types that do not fit together. */
function writeHead(
  response: EitherResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
): EitherResponse {
  return 'stream' in response ? response.writeHead(status, headers) : response.writeHead(status, headers);
}

function requestOf(request: EitherRequest, signal: AbortSignal): ServerRequest {
  const headers = new Headers();
  for (const [name, value] of headersOf(request)) headers.append(name, value);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers,
    client: request.socket.remoteAddress ?? '',
    // Who stops reading in the middle still wants to answer.
    body: request.iterator({ destroyOnReturn: false }),
    signal,
  };
}

/** Each header once for each time it was given; what HTTP/2 has in the place of a first line is none. */
function headersOf(request: EitherRequest): readonly (readonly [string, string])[] {
  const all = 'headersDistinct' in request ? request.headersDistinct : request.headers;
  return Object.entries(all)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, values = []]) => [values].flat().map((value) => [name, value] as const));
}

function addressOf(server: BothServer['server'], host: string): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return host;
  return bound.family === 'IPv6' ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`;
}

async function close(both: BothServer, signal: AbortSignal): Promise<void> {
  const closed = both.close();
  if (signal.aborted) both.cut();
  else signal.addEventListener('abort', both.cut, { once: true });
  await closed;
  signal.removeEventListener('abort', both.cut);
}
