import type { ServerAnswer, ServerHandler, ServerRequest } from '@pewter/runtime';
import { plainAnswer } from './ingest-handler.ts';
import { pushPath } from './push-handler.ts';

/** Sends each request to the handler of its path. */
export function createRouter(push: ServerHandler, ingest: ServerHandler): ServerHandler {
  const handlers = new Map<string, ServerHandler>([
    [pushPath, push],
    ['/ingest', ingest],
  ]);
  return async (request: ServerRequest): Promise<ServerAnswer> => {
    const [path = ''] = request.url.split('?');
    const handler = handlers.get(path);
    if (handler === undefined) return plainAnswer(404, '404 page not found');
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: '' };
    return handler(request);
  };
}
