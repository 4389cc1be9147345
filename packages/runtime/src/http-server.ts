import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** A request of either version. */
export type EitherRequest = IncomingMessage | Http2ServerRequest;
/** Its response. */
export type EitherResponse = ServerResponse | Http2ServerResponse;
/** Answers requests of either version. */
export type EitherListener = (request: EitherRequest, response: EitherResponse) => void;

/** A server of HTTP/1.1 and HTTP/2 on one port. It listens as any of Node's. */
export interface BothServer {
  readonly server: Server | Http2SecureServer;
  /** How many connections there are now. */
  readonly connections: number;
  /** Takes no more connections, resolves when those that there are have ended; `cut` ends them at once. */
  close(): Promise<void>;
  cut(): void;
}

/** How a connection of HTTP/2 begins, RFC 9113 section 3.4. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** Makes a server; with TLS the client chooses the version by ALPN, without by how it begins (h2c with prior knowledge). */
export function createBothServer(
  limits: ServerOptions,
  tls: TlsOptions | undefined,
  listener: EitherListener,
): BothServer {
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  let closing = false;
  // What has its answer while the server closes would wait for a next request that nobody takes.
  const closeIdle = () => {
    if (closing && 'closeIdleConnections' in server) server.closeIdleConnections();
  };
  const closingListener: EitherListener = (request, response) => {
    response.once('close', () => setImmediate(closeIdle));
    listener(request, response);
  };
  const server =
    tls === undefined
      ? plainServer(limits, closingListener, sessions)
      : tlsServer(limits, tls, closingListener, sessions);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const close = () =>
    new Promise<void>((resolve) => {
      closing = true;
      server.close(() => resolve());
      closeIdle();
      for (const session of sessions) session.close();
    });
  return {
    server,
    get connections() {
      return sockets.size;
    },
    close,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function plainServer(
  limits: ServerOptions,
  listener: EitherListener,
  sessions: Set<ServerHttp2Session>,
): Server {
  const server = createServer(limits, listener);
  const http2 = createHttp2Server(listener);
  track(http2, sessions, limits);
  const http1Connection = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    const tooLate = setTimeout(() => socket.destroy(), limits.headersTimeout || 60_000).unref();
    socket.once('close', () => clearTimeout(tooLate));
    // Half-open connections are for requests that were sent, not for those that never come.
    const leave = () => void socket.destroy();
    socket.once('end', leave);
    let begin = Buffer.alloc(0);
    const look = () => {
      const more: Buffer | null = socket.read();
      if (more === null) return;
      begin = Buffer.concat([begin, more]);
      const same = preface.subarray(0, begin.length).equals(begin.subarray(0, preface.length));
      if (same && begin.length < 3) return;
      socket.unshift(begin);
      socket.off('readable', look).off('end', leave);
      clearTimeout(tooLate);
      if (same) http2.emit('connection', socket);
      else for (const handle of http1Connection) handle.call(server, socket);
    };
    socket.on('readable', look);
  });
  return server;
}

function tlsServer(
  limits: ServerOptions,
  tls: TlsOptions,
  listener: EitherListener,
  sessions: Set<ServerHttp2Session>,
) {
  const server = createSecureServer({ ...tls, allowHTTP1: true }, listener);
  // Node takes these limits of the HTTP/1.1 side here alone.
  const { requestTimeout, headersTimeout, keepAliveTimeout } = limits;
  Object.assign(server, { requestTimeout, headersTimeout, keepAliveTimeout });
  track(server, sessions, limits);
  return server;
}

/** A session ends when nothing has happened in it for as long as a connection may wait for its next request. */
function track(
  server: ReturnType<typeof createHttp2Server> | Http2SecureServer,
  sessions: Set<ServerHttp2Session>,
  { keepAliveTimeout = 0 }: ServerOptions,
): void {
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.on('error', () => undefined);
    if (keepAliveTimeout > 0) session.setTimeout(keepAliveTimeout, () => session.close());
  });
  server.on('sessionError', () => undefined);
}
