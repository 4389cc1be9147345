import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { handlePprof, startV8Profiles, type V8Profiles } from '@pewter/self-profile';
import { keepBusy } from './keep-busy.ts';
import { listen } from './listen.ts';

/** What one of the demo's services does. */
export interface Service {
  /** The answer to a request, undefined for 404. */
  handle(url: URL): { readonly type: string; readonly body: string } | undefined;
  /** The path of the next request that the service's own client sends. */
  nextRequest(): string;
}

/** The message by which a service's process tells the one that started it where it listens. */
export interface ReadyMessage {
  readonly port: number;
}

/**
 * Runs a service in a process of its own, started with `fork`: serves it and its profiles, keeps it modestly busy, and ends
 * when the parent is gone or lets go of it.
 */
export async function runService(service: Service): Promise<void> {
  // A terminal's interrupt reaches all processes; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  process.once('disconnect', () => process.exit(0));
  const profiles = await startV8Profiles('allocated');
  const server = createServer(serve(service, profiles));
  const port = await listen(server, 0, '127.0.0.1');
  process.send?.({ port } satisfies ReadyMessage);
  await keepBusy(`http://127.0.0.1:${port}`, () => service.nextRequest());
}

function serve(service: Service, profiles: V8Profiles): RequestListener {
  return (request, response) => {
    if (!handlePprof(profiles, request, response)) answer(service, request, response);
  };
}

function answer(service: Service, request: IncomingMessage, response: ServerResponse): void {
  const found = service.handle(new URL(request.url ?? '/', 'http://localhost'));
  if (found) response.writeHead(200, { 'content-type': found.type }).end(found.body);
  else response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
}
