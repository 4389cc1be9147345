import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { TLSSocket } from 'node:tls';
import type { RequestFacts } from './scenario.ts';

/** A request over either version of HTTP. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** What of a request is compared, in the form of the recordings. */
export function requestFacts(on: string, request: AnyRequest, body: Buffer): RequestFacts {
  const { path, query } = target(request);
  const certificate = clientName(request);
  return {
    on,
    method: request.method ?? '',
    path,
    ...(query !== undefined && { query }),
    proto: request.httpVersion.startsWith('2') ? 'h2' : 'h1',
    ...(certificate !== undefined && { client_cert: certificate }),
    headers: headersOf(request),
    ...(isForm(request) && { body: body.toString('utf8') }),
  };
}

function target(request: AnyRequest): { readonly path: string; readonly query?: string } {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Names in lower case; several values of one name as the recordings join them. */
function headersOf(request: AnyRequest): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    const key = name.toLowerCase().replace(/^:authority$/, 'host');
    if (key.startsWith(':')) continue;
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before} || ${value}`);
  }
  return Object.fromEntries(headers);
}

function isForm({ headers }: AnyRequest): boolean {
  return String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
}

function clientName(request: AnyRequest): string | undefined {
  const socket = 'stream' in request ? request.stream.session?.socket : request.socket;
  return socket instanceof TLSSocket
    ? String(socket.getPeerCertificate().subject?.CN ?? '') || undefined
    : undefined;
}
