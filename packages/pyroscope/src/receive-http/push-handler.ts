import {
  Code,
  ConnectError,
  createConnectRouter,
  createContextKey,
  createContextValues,
} from '@connectrpc/connect';
import type { UniversalServerResponse } from '@connectrpc/connect/protocol';
import type { ComponentContext, ServerAnswer, ServerRequest } from '@pewter/runtime';
import { PusherService, type PushRequest } from '../gen/push/v1/push_pb.ts';
import { gzipMessages } from '../gzip.ts';
import type { Profile } from '../profiles-receiver.ts';
import { retryAfterSeconds } from './admission.ts';
import { type Forwarding, forward, within } from './forward.ts';
import { maxBodyBytes, readBody } from './read-body.ts';
import { withServiceName } from './service-name.ts';

/** Answers a push. */
export type PushHandler = (request: ServerRequest) => Promise<ServerAnswer>;

/** Whether the message of a request could be read. */
interface Reading {
  done: boolean;
}
const readingKey = createContextKey<Reading>({ done: false });

/** The path of the push API. */
export const pushPath = `/${PusherService.typeName}/Push`;

/**
 * `push.v1.PusherService/Push` over the Connect protocol: binary and JSON, plain and gzip. A failure behind is
 * answered with `internal`, as the reference does.
 */
export function createPushHandler(
  forwarding: () => Forwarding,
  logger: ComponentContext['logger'],
): PushHandler {
  const router = createConnectRouter({
    grpc: false,
    grpcWeb: false,
    readMaxBytes: maxBodyBytes,
    acceptCompression: [gzipMessages],
  });
  router.service(PusherService, {
    async push(request, { values, timeoutMs }) {
      values.get(readingKey).done = true;
      const result = await forward(profilesOf(request), within(forwarding(), timeoutMs()));
      if (result.delivered) return {};
      logger.warn({ err: result.reason }, 'Failed to forward profiles requests');
      if (result.overloaded)
        throw new ConnectError(result.reason, Code.Unavailable, { 'retry-after': String(retryAfterSeconds) });
      throw new ConnectError(result.reason, Code.Internal);
    },
  });
  const [handler] = router.handlers;
  if (handler === undefined) throw new Error('the router has no handler for a push');
  return async ({ method, url, headers, body, signal }) => {
    const header = new Headers(headers);
    const version = header.get('connect-protocol-version');
    if (version !== null && version !== '1')
      return invalid(`connect-protocol-version must be "1": got ${JSON.stringify(version)}`);
    const full = new URL(url, 'http://localhost').href;
    const reading: Reading = { done: false };
    const contextValues = createContextValues().set(readingKey, reading);
    const answer = await handler({
      httpVersion: '1.1',
      url: full,
      method,
      header,
      body,
      signal,
      contextValues,
    });
    // The library calls a message that is none an internal fault; it is one of the client.
    const unreadable = answer.status === 500 && !reading.done;
    return unreadable ? invalid('the body is no push.v1.PushRequest') : answerOf(answer);
  };
}

/** A fault of the client, in the form of the Connect protocol. */
function invalid(message: string): ServerAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status: 400, headers, body: JSON.stringify({ code: 'invalid_argument', message }) };
}

/** One profile for each sample; a series without any has nothing to send. */
function profilesOf({ series }: PushRequest): readonly Profile[] {
  return series.flatMap(({ labels: given, samples }) => {
    const labels = withServiceName(given);
    return samples.map(({ rawProfile: bytes, ID: id }) => ({ labels, bytes, id }));
  });
}

async function answerOf({ status, header, body }: UniversalServerResponse): Promise<ServerAnswer> {
  const bytes = body === undefined ? undefined : await readBody(body, Number.MAX_SAFE_INTEGER);
  return { status, headers: Object.fromEntries(header ?? []), body: bytes ?? '' };
}
