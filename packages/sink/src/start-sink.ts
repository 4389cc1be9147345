import { once } from 'node:events';
import { ConnectError, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { PusherService } from '@pewter/pyroscope/protocol';
import { type BothServer, createBothServer } from '@pewter/runtime/http-server';
import { otherRequests } from './other-requests.ts';
import { ProfileStore, type Retention } from './profile-store.ts';
import { pushService } from './push-service.ts';
import type { ReceivedProfile } from './received-profile.ts';
import type { SinkCounts } from './sink-counts.ts';

/** The largest body of a push when nothing else is said: 64 MiB, before and after decompression. */
const defaultMaxBytes = 64 * 1024 * 1024;
/** What is kept when nothing else is said: 256 MiB of profiles, for a day. */
const defaultRetention: Retention = { maxBytes: 256 * 1024 * 1024, maxAgeMs: 24 * 3_600_000 };
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
  /** Where profiles are kept; in memory, for as long as the sink runs, where it is absent. */
  readonly storePath?: string | undefined;
  /** {@link defaultRetention} when absent. */
  readonly retention?: Retention;
}

/** A running sink. */
export interface Sink {
  /** Where pushes go, the URL of a `pyroscope.write` endpoint; its page is there too. */
  readonly url: string;
  readonly port: number;
  /** What it has seen so far. */
  readonly counts: Readonly<SinkCounts>;
  /** Stops listening, waits a second at most for requests in flight. */
  close(): Promise<void>;
}

/**
 * Receives profiles over Pyroscope's push API (Connect unary, protobuf or JSON, gzip or not) and over `/ingest`, on HTTP/1.1
 * and HTTP/2. It checks them, hands them over and keeps them for its page, which lists the series and shows flame
 * graphs. Rejects with Node's error (such as `EADDRINUSE`) when it cannot listen, with that of SQLite when it cannot keep.
 */
export async function startSink(options: SinkOptions): Promise<Sink> {
  const counts: SinkCounts = { profiles: 0, bytes: 0, refused: 0 };
  const store = new ProfileStore(options.storePath, options.retention ?? defaultRetention);
  const both = createBothServer({}, undefined, handler(options, counts, store));
  const { server } = both;
  server.listen(options.port, options.host);
  await once(server, 'listening').catch((error: unknown) => {
    store.close();
    throw error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeServer(both).then(() => store.close());
    return closed;
  };
  return { url: httpUrl(options.host, port), port, counts, close };
}

function handler(options: SinkOptions, counts: SinkCounts, store: ProfileStore) {
  const { maxBytes = defaultMaxBytes, logger } = options;
  const onProfile = (received: ReceivedProfile) => {
    counts.profiles++;
    counts.bytes += received.bytes.byteLength;
    store.add(received);
    options.onProfile(received);
  };
  const onRefused = (error: string) => {
    counts.refused++;
    logger.warn({ error }, 'refused a profile');
  };
  const service = pushService(onProfile);
  return connectNodeAdapter({
    routes: (router) => router.service(PusherService, service),
    readMaxBytes: maxBytes,
    interceptors: [refusals(options, counts)],
    fallback: otherRequests({ store, maxBytes, onProfile, onRefused }),
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

async function closeServer(both: BothServer): Promise<void> {
  const force = setTimeout(() => both.cut(), closeGrace);
  await both.close();
  clearTimeout(force);
}
