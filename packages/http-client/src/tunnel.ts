import { buildConnector, type Dispatcher } from 'undici';
import { HttpClientError } from './http-client-error.ts';

/** How a tunnel through a proxy is made. */
export interface TunnelOptions {
  /** Connections to the proxy itself. */
  readonly dispatcher: Dispatcher;
  readonly proxy: URL;
  /** Headers of the CONNECT request. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** TLS to the server behind the proxy. */
  readonly tls: buildConnector.BuildOptions;
}

/** Connects to an https server by asking a proxy for a tunnel, then speaking TLS inside it. */
export function tunnelConnector(options: TunnelOptions): buildConnector.connector {
  const secure = buildConnector(options.tls);
  return (target, callback) => {
    openTunnel(options, `${target.hostname}:${target.port || '443'}`).then(
      (socket) => secure({ ...target, httpSocket: socket } as buildConnector.Options, callback),
      (error: Error) => callback(error, null),
    );
  };
}

async function openTunnel({ dispatcher, proxy, headers }: TunnelOptions, authority: string) {
  const { socket, statusCode } = await connectTo(proxy, authority, () =>
    dispatcher.connect({ origin: proxy.origin, path: authority, headers: { host: authority, ...headers } }),
  );
  if (statusCode === 200) return socket;
  // What the peer does with a connection that is no longer wanted does not matter.
  socket.on('error', () => undefined).destroy();
  throw new HttpClientError(
    'proxy',
    `proxy ${proxy.origin} refused to connect to ${authority} with status ${statusCode}`,
  );
}

/** Whatever goes wrong before there is a tunnel is of the proxy. */
async function connectTo<T>({ origin }: URL, authority: string, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect();
  } catch (cause) {
    const { message, phase } = HttpClientError.from(cause, origin);
    const text = `proxy ${message}, asked for a tunnel to ${authority}`;
    throw new HttpClientError('proxy', text, { cause, phase, proxy: origin });
  }
}
