import type { V8Profiles } from '@pewter/self-profile';
import type { FastifyInstance } from 'fastify';

/**
 * `/debug/pprof/`: profiles of this process. The profiler is loaded when the first one is asked for; memory is sampled
 * from then on.
 */
export function addPprofRoutes(app: FastifyInstance, enabled: boolean): void {
  if (!enabled) return;
  const stop = new AbortController();
  let profiles: Promise<V8Profiles> | undefined;
  app.get('/debug/pprof', (_, reply) => reply.redirect('/debug/pprof/', 301));
  app.get('/debug/pprof/*', { exposeHeadRoute: false }, async (request, reply) => {
    const { handlePprof, startV8Profiles } = await import('@pewter/self-profile');
    profiles ??= startV8Profiles('live');
    const running = await profiles;
    reply.hijack();
    handlePprof(running, request.raw, reply.raw, stop.signal);
  });
  // A profile of half a minute must not hold up the end of the program.
  app.addHook('preClose', async () => stop.abort());
  app.addHook('onClose', async () => (await profiles)?.close());
}
