import type { FastifyInstance } from 'fastify';
import { componentPath } from './component-json.ts';
import { refusal } from './same-site.ts';
import type { ServedRuntime } from './served-runtime.ts';

/** What probes, scrapers and deploy scripts ask for: plain text with a status that says it all. */
export function addStatusRoutes(app: FastifyInstance, runtime: ServedRuntime, listening: string): void {
  app.get('/-/ready', (_, reply) =>
    runtime.ready()
      ? reply.type(plain).send('pewter is ready.\n')
      : reply.code(503).type(plain).send('pewter is not ready: no config has been loaded yet.\n'),
  );

  app.get('/-/healthy', (_, reply) => {
    const unhealthy = unhealthyComponents(runtime);
    if (unhealthy.length === 0) return reply.type(plain).send('All pewter components are healthy.\n');
    return reply
      .code(500)
      .type(plain)
      .send(`unhealthy components: ${unhealthy.join(', ')}\n`);
  });

  // GET reloads as well, as in the reference; so GET is guarded as well.
  app.route({
    method: ['GET', 'POST'],
    url: '/-/reload',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const refused = refusal(request.headers, listening);
      if (refused !== undefined) return reply.code(403).type(plain).send(`reload refused: ${refused}\n`);
      const result = await runtime.reload();
      if (!result.ok) return reply.code(400).type(plain).send(`${result.message}\n`);
      return reply.type(plain).send('config reloaded\n');
    },
  });

  app.get('/metrics', async (_, reply) => {
    const { contentType, text } = await runtime.metrics();
    return reply.type(contentType).send(text);
  });
}

const plain = 'text/plain; charset=utf-8';

function unhealthyComponents(runtime: ServedRuntime): string[] {
  return runtime
    .components()
    .filter(({ health }) => health.state === 'unhealthy' || health.state === 'exited')
    .map(componentPath);
}
