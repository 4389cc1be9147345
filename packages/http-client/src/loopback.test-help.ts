import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { TestContext as NodeTest } from 'node:test';
import { type TestOutside, testOutside } from '@pewter/testkit';
import { argumentsFrom, type lenient } from './decode.test-help.ts';
import { createHttpClient, type HttpRequest } from './http-client.ts';

/** Listens on a free port until the test ends, and gives that port. */
export async function listen(t: NodeTest, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** An HTTP server that keeps what it is asked. */
export async function serve(t: NodeTest, listener: RequestListener = (_, response) => void response.end()) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  t.after(() => server.closeAllConnections());
  return { requests, url: `http://127.0.0.1:${await listen(t, server)}` };
}

/** A client made from a config text, closed at the end of the test. */
export function clientOf(
  t: NodeTest,
  text: string,
  outside: TestOutside = testOutside(),
  schema?: typeof lenient,
) {
  const http = createHttpClient(outside, argumentsFrom(text, schema), { userAgent: 'test' });
  t.after(() => http.close());
  const get = (url: string, more: Partial<HttpRequest> = {}) =>
    http.request({ url, signal: new AbortController().signal, ...more });
  return { get, outside, close: () => http.close() };
}
