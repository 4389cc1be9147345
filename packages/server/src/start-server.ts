import { isIPv6 } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { addComponentRoutes } from './component-routes.ts';
import type { ServedRuntime } from './served-runtime.ts';
import { ServerError } from './server-error.ts';
import { addStatusRoutes } from './status-routes.ts';

export interface ServerOptions {
  /** The address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly runtime: ServedRuntime;
  readonly logger: Logger;
  /** What this node is called in the list of peers. */
  readonly nodeName: string;
}

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  /** The port it got. */
  readonly port: number;
  /** `http://HOST:PORT` */
  readonly url: string;
  /** Takes no more requests, answers those in flight, frees the port. Calling it again is harmless. */
  close(): Promise<void>;
}

/**
 * Starts the HTTP API of a running config. Rejects with {@link ServerError} where it cannot listen (the port
 * is in use, the address is not one of this machine); nothing stays open then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host } = options;
  const app = createApp(options);
  try {
    await app.listen({ host, port: options.port });
  } catch (error) {
    await app.close();
    throw ServerError.from(error, hostPort(host, options.port));
  }
  const port = listeningPort(app, options.port);
  return { host, port, url: `http://${hostPort(host, port)}`, close: () => app.close() };
}

function createApp({ host, port, runtime, logger, nodeName }: ServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({ forceCloseConnections: 'idle', exposeHeadRoutes: true });
  // No route reads a body, so a body of any type is let go by.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_, payload, done) => {
    payload.resume().once('end', () => done(null));
  });
  app.setErrorHandler((error, request, reply) => {
    logger.error({ err: error, url: request.url }, 'a request to the HTTP API failed');
    return reply.code(500).send({ error: 'the request failed inside pewter; the log says why' });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `there is nothing at ${request.method} ${request.url}` }),
  );
  addStatusRoutes(app, runtime, host);
  addComponentRoutes(app, runtime, {
    name: nodeName,
    address: () => hostPort(host, listeningPort(app, port)),
  });
  return app;
}

function listeningPort(app: FastifyInstance, asked: number): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}

function hostPort(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}
