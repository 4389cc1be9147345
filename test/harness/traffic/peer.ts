import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { reservedPort } from '@pewter/testkit';
import { listen } from '../recording-target.ts';
import { type AnyResponse, sendAnswer } from './answer.ts';
import type { Places } from './places.ts';
import { passOn, tunnel } from './proxy.ts';
import { type PushFacts, pushFacts } from './push-facts.ts';
import { type AnyRequest, requestFacts } from './request-facts.ts';
import type { RequestFacts, Script, ScriptAnswer, ScriptListener } from './scenario.ts';

/** A server of a scenario, that keeps what it is asked. */
export interface Peer {
  readonly requests: readonly RequestFacts[];
  /** What was pushed, in the order of arrival. */
  readonly pushes: Promise<PushFacts>[];
  close(): void;
}

/** What a server of a scenario is made of. */
export interface PeerOptions {
  readonly name: string;
  readonly listener: ScriptListener;
  readonly script: Script;
  readonly places: Places;
  /** Where the certificates are. */
  readonly certificates: string;
}

/** Starts a server; its address is known to the places from then on. */
export async function startPeer(options: PeerOptions): Promise<Peer> {
  const { name, listener, places, script } = options;
  const host = listener.host ?? '127.0.0.1';
  if (listener.kind === 'reserve') {
    places.set(name, `${host}:${await reservedPort()}`);
    return { requests: [], pushes: [], close() {} };
  }
  const requests: RequestFacts[] = [];
  const pushes: Promise<PushFacts>[] = [];
  const sockets = new Set<Duplex>();
  const answers = answersOf(name, listener, script);
  const handle = async (request: AnyRequest, response: AnyResponse) => {
    const body = await readAll(request);
    const facts = requestFacts(name, request, body);
    requests.push(facts);
    const answer = answers(request);
    if (listener.kind === 'push')
      pushes.push(pushFacts({ ...wayOf(facts), answered: answered(answer) }, body));
    if (answer === undefined) passOn(request as IncomingMessage, response as ServerResponse, body);
    else await sendAnswer(response, answer, (text) => places.fill(text));
  };
  const server = makeServer(options, (request, response) => void handle(request, response).catch(() => {}));
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  if (listener.kind === 'proxy') {
    server.on('connect', (request: IncomingMessage, socket: Duplex) => {
      requests.push(requestFacts(name, request, Buffer.alloc(0)));
      tunnel(request.url ?? '', socket);
    });
  }
  const port = await listen(server as Parameters<typeof listen>[0]);
  places.set(name, `${host}:${port}`);
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { requests, pushes, close };
}

function wayOf({ on, path, query }: RequestFacts) {
  return { on, path, ...(query !== undefined && { query }) };
}

function answered(answer: ScriptAnswer | undefined): string {
  return answer?.drop ? 'dropped' : String(answer?.status);
}

type Handler = (request: AnyRequest, response: AnyResponse) => void;

function makeServer({ listener, certificates }: PeerOptions, handle: Handler): Server {
  if (listener.tls === undefined) return createServer(handle);
  const file = listener.tls === 'named' ? 'named' : 'server';
  const read = (name: string) => readFileSync(join(certificates, name));
  return createSecureServer(
    {
      cert: read(`${file}.pem`),
      key: read(`${file}.key`),
      allowHTTP1: true,
      ...(listener.h2 === false && { ALPNProtocols: ['http/1.1'] }),
      ...(listener.tls === 'mtls' && { ca: read('ca.pem'), requestCert: true, rejectUnauthorized: true }),
    },
    handle,
  );
}

/** The answers of each path in turn, the last one repeated; what is asked beyond the script has the usual answers. */
function answersOf(name: string, { kind = 'target' }: ScriptListener, { routes = [] }: Script) {
  const left = routes
    .filter(({ on }) => on === name)
    .map(({ path, answers }) => ({ path, answers: [...answers] }));
  return (request: AnyRequest): ScriptAnswer | undefined => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = left.find((one) => one.path === path || one.path === '*');
    const scripted = route && (route.answers.length > 1 ? route.answers.shift() : route.answers[0]);
    return scripted ?? usual[kind]?.(path);
  };
}

const usual: Readonly<Record<string, (path: string) => ScriptAnswer>> = {
  push: (path) =>
    path.endsWith('/push.v1.PusherService/Push')
      ? { status: 200, headers: { 'content-type': 'application/proto' } }
      : { status: 200 },
  target: () => ({
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: { text: '404 page not found\n' },
  }),
};

async function readAll(request: AnyRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
