import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ConnectError, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { PusherService } from '@pewter/pyroscope/protocol';
import { pushService } from './push-service.ts';
import type { ReceivedProfile } from './received-profile.ts';
import { type SinkCounts, statusPage } from './status-page.ts';

/** The largest body of a push when nothing else is said: 64 MiB, before and after decompression. */
const defaultMaxBytes = 64 * 1024 * 1024;
/** How long {@link Sink.close} waits for requests in flight, in milliseconds. */
const closeGrace = 1000;

export interface SinkOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Called for each profile, in the order of arrival. */
  readonly onProfile: (received: ReceivedProfile) => void;
  readonly logger: { warn(fields: object, message: string): void };
  /** The largest body of a push, {@link defaultMaxBytes} when absent. Anything larger is `resource_exhausted`. */
  readonly maxBytes?: number;
}

/** A running sink. */
export interface Sink {
  /** Where pushes go: the URL of a `pyroscope.write` endpoint. */
  readonly url: string;
  readonly port: number;
  /** What it has seen so far. */
  readonly counts: Readonly<SinkCounts>;
  /** Stops listening, waits a second at most for requests in flight. */
  close(): Promise<void>;
}

/**
 * Receives profiles over Pyroscope's push API: Connect unary over HTTP/1.1, protobuf or JSON, gzip or not. It checks them and
 * hands them over; it keeps nothing. Rejects with Node's error (such as `EADDRINUSE`) when it cannot listen.
 */
export async function startSink(options: SinkOptions): Promise<Sink> {
  const counts: SinkCounts = { profiles: 0, bytes: 0, refused: 0 };
  const server = createServer(handler(options, counts));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: httpUrl(options.host, port), port, counts, close: () => close(server) };
}

function handler(options: SinkOptions, counts: SinkCounts) {
  const service = pushService((received) => {
    counts.profiles++;
    counts.bytes += received.bytes.byteLength;
    options.onProfile(received);
  });
  return connectNodeAdapter({
    routes: (router) => router.service(PusherService, service),
    readMaxBytes: options.maxBytes ?? defaultMaxBytes,
    interceptors: [refusals(options, counts)],
    fallback: statusPage(counts),
  });
}

/** Counts and logs what is refused. */
function refusals({ logger }: SinkOptions, counts: SinkCounts): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      counts.refused++;
      logger.warn({ error: ConnectError.from(error).message }, 'refused a push');
      throw error;
    }
  };
}

function httpUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const force = setTimeout(() => server.closeAllConnections(), closeGrace);
  await closed;
  clearTimeout(force);
}
