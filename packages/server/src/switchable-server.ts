import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { HttpTls } from './http-block.ts';
import { mayStay, type ReadFile, tlsOptions } from './tls-options.ts';

/** A server whose new connections are plain or TLS, as it was last told; those that there are stay what they are. */
export interface SwitchableServer {
  /** The one that listens. */
  readonly server: Server;
  /** Throws, and changes nothing, where a file cannot be read or certificate and key do not fit. */
  useTls(tls: HttpTls | undefined, read: ReadFile): void;
  /** Lets idle TLS connections go; to be called when `server` closes, which knows only the plain ones. */
  closeIdle(): void;
}

/** Makes one that answers with `listener`. It listens when its `server` is told to. */
export function switchableServer(listener: RequestListener): SwitchableServer {
  const server = createServer(listener);
  const plain = server.listeners('connection') as ((socket: Socket) => void)[];
  const secured = new Set<TlsServer>();
  let current: TlsServer | undefined;
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (current !== undefined) current.emit('connection', socket);
    else for (const take of plain) take.call(server, socket);
  });
  return {
    server,
    useTls(tls, read) {
      const next = tls === undefined ? undefined : tlsServer(tls, read, listener);
      if (next !== undefined) secured.add(next);
      current = next;
    },
    closeIdle() {
      for (const one of secured) one.close();
    },
  };
}

/** It never listens itself: sockets are handed to it. */
function tlsServer(tls: HttpTls, read: ReadFile, listener: RequestListener): TlsServer {
  const server = createTlsServer(tlsOptions(tls, read), listener);
  // Time limits of requests are kept only from this event on.
  server.emit('listening');
  server.prependListener('secureConnection', (socket) => {
    if (!mayStay(tls.client_auth_type, socket)) socket.destroy();
  });
  return server;
}
