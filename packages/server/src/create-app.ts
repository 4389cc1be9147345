import fastify, { type FastifyInstance } from 'fastify';
import type { Gate } from './basic-auth.ts';
import { addComponentRoutes } from './component-routes.ts';
import { addPprofRoutes } from './pprof-routes.ts';
import type { ServerOptions } from './start-server.ts';
import { addStatusRoutes } from './status-routes.ts';
import type { SwitchableServer } from './switchable-server.ts';

/** What an app asks of the server that it answers for, each time anew. */
export interface AppControl {
  readonly gate: Gate;
  /** `HOST:PORT` */
  readonly address: string;
  make(listener: Parameters<typeof import('./switchable-server.ts').switchableServer>[0]): SwitchableServer;
  closeIdle(): void;
}

/** The routes of the HTTP API; it does not listen yet. */
export function createApp(options: ServerOptions, control: AppControl): FastifyInstance {
  const { host, runtime, logger, nodeName, webPrefix = '/', pprof = false } = options;
  const app: FastifyInstance = fastify({
    forceCloseConnections: 'idle',
    exposeHeadRoutes: true,
    serverFactory: (handler) => control.make(handler).server,
    // Compilers of schemas take megabytes of memory, and no route here has one.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  app.addHook('preClose', async () => control.closeIdle());
  app.addHook('onRequest', async (request, reply) => {
    if (control.gate(request.raw.url ?? '', request.headers.authorization)) return;
    logger.info({ path: request.raw.url?.split('?', 1)[0] }, 'a request to the HTTP API was not authorized');
    await reply.code(401).header('www-authenticate', 'Basic realm="Restricted"').send();
  });
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
    prefix: webPrefix,
    name: nodeName,
    address: () => control.address,
  });
  addPprofRoutes(app, pprof);
  return app;
}

function noSchemas(): never {
  throw new Error('a route has a schema, and the app has no compiler for it');
}
