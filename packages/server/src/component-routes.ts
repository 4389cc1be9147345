import type { FastifyInstance } from 'fastify';
import { componentJson, componentPath } from './component-json.ts';
import type { ServedRuntime } from './served-runtime.ts';

/** The web API of the reference, as far as it is about components and the cluster. */
export function addComponentRoutes(
  app: FastifyInstance,
  runtime: ServedRuntime,
  self: { readonly name: string; address(): string },
): void {
  app.get('/api/v0/web/components', () =>
    runtime
      .components()
      .filter((component) => component.moduleId === '')
      .map((component) => componentJson(component)),
  );

  app.get<{ Params: { '*': string } }>('/api/v0/web/components/*', (request, reply) => {
    const path = request.params['*'];
    const component = runtime.components().find((one) => componentPath(one) === path);
    const details = component && runtime.details(path);
    if (component === undefined || details === undefined) {
      return reply.code(404).send({ error: `there is no component ${path}` });
    }
    return reply.send(componentJson(component, details));
  });

  // One node: clustering is not a thing of this program yet, and clients of the API expect the list.
  app.get('/api/v0/web/peers', () => [
    { name: self.name, addr: self.address(), isSelf: true, state: 'participant' },
  ]);
}
