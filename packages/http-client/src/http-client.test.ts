import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext as NodeTest, test } from 'node:test';
import { Secret } from '@pewter/language';
import { testOutside } from '@pewter/testkit';
import { createHttpClient, type HttpRequest } from './http-client.ts';
import { httpClientRules, oneAuthentication } from './http-client-rules.ts';
import type { HttpClientArguments } from './http-client-schema.ts';

const defaults = {
  bearer_token_file: '',
  proxy_url: '',
  no_proxy: '',
  proxy_from_environment: false,
  follow_redirects: true,
  enable_http2: true,
} as HttpClientArguments;

async function serve(t: NodeTest, listener: RequestListener) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function client(t: NodeTest, args: Partial<HttpClientArguments> = {}) {
  const outside = testOutside();
  const http = createHttpClient(outside, { ...defaults, ...args }, { userAgent: 'test' });
  t.after(() => http.close());
  const get = (url: string, more: Partial<HttpRequest> = {}) =>
    http.request({ url, signal: new AbortController().signal, ...more });
  return { get, outside };
}

test('requests carry the user agent, and ask for no content encoding', async (t) => {
  const { requests, url } = await serve(t, (_, response) => void response.end('hello'));
  const response = await client(t).get(url);
  assert.equal(Buffer.from(response.body).toString(), 'hello');
  assert.equal(requests[0]?.headers['user-agent'], 'test');
  assert.equal(requests[0]?.headers['accept-encoding'], undefined);
});

test('basic credentials are sent in UTF-8', async (t) => {
  const { requests, url } = await serve(t, (_, response) => void response.end());
  const basic_auth = { username: 'alice', password: new Secret('s3cret:é'), password_file: '' };
  await client(t, { basic_auth }).get(url);
  assert.equal(
    requests[0]?.headers.authorization,
    `Basic ${Buffer.from('alice:s3cret:é').toString('base64')}`,
  );
});

test('a changed token file counts at the next request, a missing one is an error that names it', async (t) => {
  const { requests, url } = await serve(t, (_, response) => void response.end());
  const { get, outside } = client(t, { bearer_token_file: '/token' });
  await assert.rejects(get(url), { kind: 'file', message: /\/token/ });
  outside.files.write('/token', 'one\n');
  await get(url);
  outside.files.write('/token', 'two\n');
  await get(url);
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ['Bearer one', 'Bearer two'],
  );
});

test('a redirect without a place to go to is the answer, and one to a name in UTF-8 is followed', async (t) => {
  const { requests, url } = await serve(t, (request, response) => {
    if (request.url === '/empty') return void response.writeHead(302, { location: '' }).end();
    if (request.url !== '/named') return void response.end();
    response.writeHead(302, { location: Buffer.from('/ärger').toString('latin1') }).end();
  });
  const { get } = client(t);
  assert.equal((await get(`${url}/empty`)).status, 302);
  assert.equal((await get(`${url}/named`)).status, 200);
  assert.equal(requests.at(-1)?.url, '/%C3%A4rger');
});

test('the tenth redirect is an error, and none is followed when told so', async (t) => {
  const { requests, url } = await serve(
    t,
    (_, response) => void response.writeHead(302, { location: '/' }).end(),
  );
  await assert.rejects(client(t).get(url), { kind: 'redirect' });
  assert.equal(requests.length, 10);
  assert.equal((await client(t, { follow_redirects: false }).get(url)).status, 302);
});

test('a body above the limit is an error', async (t) => {
  const { url } = await serve(t, (_, response) => void response.end('x'.repeat(100)));
  await assert.rejects(client(t).get(url, { maxBodyBytes: 99 }), { kind: 'too-large' });
});

test('time is bounded by the clock that is given, and the message shows no credentials', async (t) => {
  const { requests, url } = await serve(t, () => undefined);
  const { get, outside } = client(t);
  const secretUrl = url.replace('//', '//user:hidden@');
  const pending = assert.rejects(get(secretUrl, { timeouts: { total: 1000 } }), (error: Error) => {
    assert.match(error.message, /timed out after 1000 ms while waiting for the headers/);
    assert.doesNotMatch(error.message, /hidden/);
    return true;
  });
  while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await outside.clock.advance(1000);
  await pending;
  assert.equal(outside.clock.pending, 0);
});

test('with no time at all nothing is sent', async (t) => {
  const { requests, url } = await serve(t, (_, response) => void response.end());
  await assert.rejects(client(t).get(url, { timeouts: { total: 0 } }), { kind: 'timeout' });
  assert.equal(requests.length, 0);
});

test('a caller can abort', async (t) => {
  const { url } = await serve(t, () => undefined);
  await assert.rejects(client(t).get(url, { signal: AbortSignal.abort() }), { kind: 'aborted' });
});

test('a port where nobody listens is `refused`', async (t) => {
  await assert.rejects(client(t).get('http://127.0.0.1:1/'), { kind: 'refused' });
});

test('two ways to authenticate are refused, and both are named', () => {
  const violation = oneAuthentication.check({ basic_auth: {}, bearer_token: new Secret('x') }, new Set());
  assert.equal(violation?.code, 'E0521');
  assert.match(violation?.message ?? '', /`basic_auth` and `bearer_token`/);
});

test('arguments that do not fit together are refused with their codes', () => {
  const codes = (args: object) =>
    httpClientRules.flatMap((rule) => rule.check(args as Record<string, unknown>, new Set())?.code ?? []);
  const header = new Map([['X-A', []]]);
  const twice = { username: 'u', password: new Secret('x'), password_file: '/p' };
  assert.deepEqual(codes({ http_headers: new Map([['User-Agent', []]]) }), ['E0522']);
  assert.deepEqual(codes({ basic_auth: twice }), ['E0523']);
  assert.deepEqual(codes({ oauth2: { client_id: '', client_secret_file: '', token_url: 'http://t' } }), [
    'E0524',
  ]);
  assert.deepEqual(codes({ proxy_url: 'http://p', proxy_from_environment: true }), ['E0525']);
  assert.deepEqual(codes({ no_proxy: 'a' }), ['E0525']);
  assert.deepEqual(codes({ proxy_connect_header: header }), ['E0525']);
  assert.deepEqual(codes({ proxy_url: 'socks5://p' }), ['W0501']);
  assert.deepEqual(codes({ proxy_url: 'http://p', proxy_connect_header: header }), []);
  assert.deepEqual(codes({}), []);
});
