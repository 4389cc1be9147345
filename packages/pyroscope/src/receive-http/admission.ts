import type { ServerAnswer, ServerHandler } from '@pewter/runtime';
import { maxBodyBytes } from './read-body.ts';

/** Bodies of requests that are not answered yet; more are told to come back later. Bytes. */
const maxUnderWay = 4 * maxBodyBytes;
/** When a client that was refused may come back, seconds. */
export const retryAfterSeconds = 5;

/** Refuses requests while as many bytes as a process should hold wait for their answers. */
export function admitting(
  handler: ServerHandler,
  refuse: (url: string) => ServerAnswer,
  most: number = maxUnderWay,
): ServerHandler {
  let underWay = 0;
  return async (request) => {
    // A length that is not told may be any; those that tell none come one chunk at a time and are few.
    const length = Math.min(Number(request.headers.get('content-length') ?? 0) || 0, maxBodyBytes);
    if (underWay > 0 && underWay + length > most) return refuse(request.url);
    underWay += length;
    try {
      return await handler(request);
    } finally {
      underWay -= length;
    }
  };
}
