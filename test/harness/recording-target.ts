import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Journal } from './journal.ts';

/** A request that a target got. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds of a clock that never jumps. */
  readonly at: number;
}

/** What a target answers; a string is sent as text, bytes as a profile. */
export interface Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string | Uint8Array;
}

export type Respond = (request: RecordedRequest) => Answer | undefined;

/** An HTTP server that keeps what it is asked. */
export interface RecordingTarget extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly port: number;
  readonly requests: Journal<RecordedRequest>;
  /** Changes what it answers from now on. */
  respond(respond: Respond): void;
  close(): Promise<void>;
}

/** Starts one; what `respond` has no answer for is a 404 in the words of Go's pprof handler. */
export async function startTarget(respond: Respond = () => undefined, port = 0): Promise<RecordingTarget> {
  const requests = new Journal<RecordedRequest>();
  let current = respond;
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const recorded = { method, url, headers, at: performance.now() };
    requests.add(recorded);
    send(
      response,
      current(recorded) ?? { status: 404, contentType: 'text/plain', body: 'Unknown profile\n' },
    );
  });
  const bound = await listen(server, port);
  const close = () => closeServer(server);
  return {
    address: `127.0.0.1:${bound}`,
    port: bound,
    requests,
    respond: (next) => {
      current = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function send(response: ServerResponse, answer: Answer): void {
  const usual = typeof answer.body === 'string' ? 'application/json' : 'application/octet-stream';
  response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? usual });
  response.end(answer.body);
}

/** Listens on the loopback interface and says on which port. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Closes with all connections, so that nothing keeps a test alive. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
