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
import { seriesInLog, shortened } from '../log-text.ts';
import type { Profile } from '../profiles-receiver.ts';
import { retryAfterSeconds } from './admission.ts';
import { type Forwarding, forward, within } from './forward.ts';
import { maxBodyBytes, readBody } from './read-body.ts';
import { withServiceName } from './service-name.ts';

/** Answers a push. */
export type PushHandler = (request: ServerRequest) => Promise<ServerAnswer>;

/** Who sends a request, and whether its message could be read. */
interface Reading {
  readonly client: string;
  done: boolean;
}
const readingKey = createContextKey<Reading>({ client: '', done: false });

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
      const reading = values.get(readingKey);
      reading.done = true;
      const result = await forward(profilesOf(request), within(forwarding(), timeoutMs()));
      if (result.delivered) return {};
      const fields = { client: reading.client, app: appOf(request), err: result.reason };
      logger.warn(fields, 'Failed to forward profiles requests');
      if (result.overloaded)
        throw new ConnectError(result.reason, Code.Unavailable, { 'retry-after': String(retryAfterSeconds) });
      throw new ConnectError(result.reason, Code.Internal);
    },
  });
  const [handler] = router.handlers;
  if (handler === undefined) throw new Error('the router has no handler for a push');
  const refused = (client: string, result: ServerAnswer) => {
    logger.warn({ client, err: textOf(result), status: result.status }, 'push request refused');
    return result;
  };
  return async ({ method, url, headers, client, body, signal }) => {
    const header = new Headers(headers);
    const version = header.get('connect-protocol-version');
    if (version !== null && version !== '1')
      return refused(client, invalid(`connect-protocol-version must be "1": got ${JSON.stringify(version)}`));
    const full = new URL(url, 'http://localhost').href;
    const reading: Reading = { client, done: false };
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
    const result = unreadable ? invalid('the body is no push.v1.PushRequest') : await answerOf(answer);
    return reading.done ? result : refused(client, result);
  };
}

/** A fault of the client, in the form of the Connect protocol. */
function invalid(message: string): ServerAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status: 400, headers, body: JSON.stringify({ code: 'invalid_argument', message }) };
}

/** What the client is told, as far as a line of the log has room for it. */
function textOf({ status, body }: ServerAnswer): string {
  const text = Buffer.from(body).toString();
  const [, message = ''] = /"message":\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
  return shortened(message === '' ? text || `HTTP ${status}` : String(JSON.parse(message)));
}

/** The series that a push begins with. */
function appOf({ series: [first] }: PushRequest): string {
  return first === undefined ? '' : seriesInLog(withServiceName(first.labels));
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
