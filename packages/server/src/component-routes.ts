import type { ComponentInfo } from '@pewter/runtime';
import type { FastifyInstance } from 'fastify';
import { componentJson, componentPath } from './component-json.ts';
import type { ServedRuntime } from './served-runtime.ts';

/** This node in the list of peers, and where the web API is. */
export interface WebSelf {
  /** What stands before `/api/v0/web`. */
  readonly prefix: string;
  readonly name: string;
  address(): string;
}

/** The web API of the reference, as far as it is about components and the cluster. */
export function addComponentRoutes(app: FastifyInstance, runtime: ServedRuntime, self: WebSelf): void {
  const web = `${self.prefix.replace(/^\/*/, '/').replace(/\/+$/, '')}/api/v0/web`;
  const listOf = (module: string) =>
    runtime
      .components()
      .filter((component) => component.moduleId === module)
      .map((component) => componentJson(component));

  app.get(`${web}/components`, () => listOf(''));

  app.get<{ Params: { '*': string } }>(`${web}/modules/*`, (request, reply) => {
    const [, module] = /^(.+)\/components$/.exec(request.params['*']) ?? [];
    if (module === undefined) return reply.callNotFound();
    if (!isModule(module, runtime.components())) {
      return reply.code(404).send({ error: `there is no module ${module}` });
    }
    return reply.send(listOf(module));
  });

  app.get<{ Params: { '*': string } }>(`${web}/components/*`, (request, reply) => {
    const path = request.params['*'];
    const component = runtime.components().find((one) => componentPath(one) === path);
    const details = component && runtime.details(path);
    if (component === undefined || details === undefined) {
      return reply.code(404).send({ error: `there is no component ${path}` });
    }
    return reply.send(componentJson(component, details));
  });

  // One node: clustering is not a thing of this program yet, and clients of the API expect the list.
  app.get(`${web}/peers`, () => [
    { name: self.name, addr: self.address(), isSelf: true, state: 'participant' },
  ]);

  app.all<{ Params: { '*': string } }>('/api/v0/component/*', (request, reply) => {
    const path = request.params['*'];
    const component = runtime.components().find((one) => isBelow(path, componentPath(one)));
    const what =
      component === undefined
        ? `there is no component at ${path}`
        : `${componentPath(component)} serves nothing`;
    return reply.code(404).send({ error: what });
  });
}

/** The path of a custom component, of an item of a foreach, or of anything that holds components. */
function isModule(path: string, components: readonly ComponentInfo[]): boolean {
  return components.some(
    (one) => one.moduleId === path || one.moduleId.startsWith(`${path}/`) || componentPath(one) === path,
  );
}

function isBelow(path: string, component: string): boolean {
  return path === component || path.startsWith(`${component}/`);
}
