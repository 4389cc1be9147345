import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Listener, ListenOptions, ServerHandler, ServerRequest, ServerTls } from './outside.ts';

/** How often requests that take too long are looked for, milliseconds. */
const checkingInterval = 1_000;

/** Starts a server on the machine's network. */
export async function realListen(options: ListenOptions, handler: ServerHandler): Promise<Listener> {
  const server = serverOf(options, (request, response) => void answer(request, response, handler));
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
  return { address: addressOf(server, options.host), close: (signal) => close(server, signal) };
}

function serverOf({ readTimeoutMs, idleTimeoutMs, tls }: ListenOptions, listener: RequestListener): Server {
  const limits = {
    requestTimeout: readTimeoutMs,
    headersTimeout: readTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    connectionsCheckingInterval: checkingInterval,
  };
  return tls === undefined
    ? createServer(limits, listener)
    : createTlsServer({ ...limits, ...tlsOptions(tls) }, listener);
}

function tlsOptions({ cert, key, clientCa, minVersion }: ServerTls) {
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
  request: IncomingMessage,
  response: ServerResponse,
  handler: ServerHandler,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.on('error', () => undefined);
  try {
    const { status, headers, body } = await handler(requestOf(request, gone.signal));
    // What was not read of a request would be taken for the next one.
    const rest = request.complete ? {} : { connection: 'close' };
    if (!response.destroyed) response.writeHead(status, { ...headers, ...rest }).end(body);
  } catch {
    if (!response.headersSent && !response.destroyed) response.writeHead(500, { connection: 'close' }).end();
  }
}

function requestOf(request: IncomingMessage, signal: AbortSignal): ServerRequest {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(request.headersDistinct))
    for (const value of values) headers.append(name, value);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers,
    // Who stops reading in the middle still wants to answer.
    body: request.iterator({ destroyOnReturn: false }),
    signal,
  };
}

function addressOf(server: Server, host: string): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') return host;
  return bound.family === 'IPv6' ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`;
}

function close(server: Server, signal: AbortSignal): Promise<void> {
  const cut = () => server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      signal.removeEventListener('abort', cut);
      resolve();
    });
    server.closeIdleConnections();
    if (signal.aborted) cut();
    else signal.addEventListener('abort', cut, { once: true });
  });
}
