import type { ServerAnswer, ServerHandler, ServerRequest } from '@pewter/runtime';
import { retryAfterSeconds } from './admission.ts';
import { comeBack, plainAnswer } from './ingest-handler.ts';
import { pushPath } from './push-handler.ts';

/** Sends each request to the handler of its path. */
export function createRouter(push: ServerHandler, ingest: ServerHandler): ServerHandler {
  const handlers = new Map<string, ServerHandler>([
    [pushPath, push],
    ['/ingest', ingest],
  ]);
  return async (request: ServerRequest): Promise<ServerAnswer> => {
    const handler = handlers.get(pathOf(request.url));
    if (handler === undefined) return plainAnswer(404, '404 page not found');
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: '' };
    return handler(request);
  };
}

/** The path without escapes; one that is escaped wrongly is none that is served. */
function pathOf(url: string): string {
  const [path = ''] = url.split('?');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The names of what is served, as the reference makes them of the paths. */
export function routeOf(path: string): string {
  if (path === '/ingest') return 'ingest';
  return path === pushPath ? 'push_v1_pusherservice_push' : 'other';
}

/** What is answered where there is no room for a request, in the form that its client understands. */
export function overloaded(url: string): ServerAnswer {
  const reason = 'too many bytes wait for their answers: come back later';
  if (!url.startsWith(pushPath)) return comeBack(reason);
  const headers = { 'content-type': 'application/json', 'retry-after': String(retryAfterSeconds) };
  return { status: 503, headers, body: JSON.stringify({ code: 'unavailable', message: reason }) };
}
