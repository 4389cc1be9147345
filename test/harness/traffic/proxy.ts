import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Passes a plain request on to where its whole URL leads. */
export function passOn(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const kept = Object.entries(request.headers).filter(([name]) => !/^(?:proxy-|connection$)/.test(name));
  const headers = { ...Object.fromEntries(kept), via: '1.1 recorder' };
  const onward = send(
    request.url ?? '',
    { method: request.method ?? 'GET', headers, agent: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.writeHead(502).end());
  onward.end(body);
}

/** Joins a client to the server that it asked to be connected to. */
export function tunnel(authority: string, client: Duplex): void {
  const colon = authority.lastIndexOf(':');
  const server = connect(Number(authority.slice(colon + 1)), authority.slice(0, colon), () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.pipe(client).pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
}
