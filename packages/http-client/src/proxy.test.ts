import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Secret } from '@pewter/language';
import { testOutside } from '@pewter/testkit';
import { createHttpClient } from './http-client.ts';
import type { HttpClientError } from './http-client-error.ts';
import type { HttpClientArguments } from './http-client-schema.ts';

const root = process.env.PEWTER_REFERENCE ?? join(import.meta.dirname, '../../../../shared/reference');
const certificates = join(root, 'traffic/certs');
const read = (name: string) => readFileSync(join(certificates, name), 'utf8');

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A proxy that answers plain requests itself and tunnels the others. */
async function proxy(t: TestContext) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.end('by proxy');
  });
  server.on('connect', (request, socket) => {
    requests.push(request);
    const [host, port] = String(request.url).split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => undefined);
  });
  return { requests, port: await listen(t, server) };
}

function client(t: TestContext, args: Partial<HttpClientArguments>) {
  const base = { no_proxy: '', proxy_url: '', proxy_from_environment: false, bearer_token_file: '' };
  const all = { ...base, follow_redirects: true, enable_http2: true, ...args };
  const http = createHttpClient(testOutside(), all as HttpClientArguments, { userAgent: 'test' });
  t.after(() => http.close());
  return (url: string) => http.request({ url, signal: new AbortController().signal });
}

test('a proxy that is no URL is an error, not a way without a proxy', async (t) => {
  await assert.rejects(client(t, { proxy_url: 'bad url' })('http://example.test/'), { kind: 'proxy' });
});

test('a plain request goes to the proxy with its whole URL', async (t) => {
  const { requests, port } = await proxy(t);
  const response = await client(t, { proxy_url: `http://u:p@127.0.0.1:${port}` })(
    'http://example.test/a?b=1',
  );
  assert.equal(Buffer.from(response.body).toString(), 'by proxy');
  assert.equal(requests[0]?.url, 'http://example.test/a?b=1');
  assert.equal(requests[0]?.headers.host, 'example.test');
  assert.equal(requests[0]?.headers['proxy-authorization'], 'Basic dTpw');
});

const skip = !existsSync(certificates) && 'no reference data beside the checkout';
test('an https request goes through a tunnel', { skip }, async (t) => {
  const { requests, port } = await proxy(t);
  const secure = createSecureServer(
    { cert: read('server.pem'), key: read('server.key') },
    (request, response) => {
      response.end(String(request.headers['x-via']));
    },
  );
  const target = await listen(t, secure);
  const tls_config = {
    ca_pem: read('ca.pem'),
    ca_file: '',
    cert_pem: '',
    cert_file: '',
    key_file: '',
    server_name: '',
  };
  const get = client(t, {
    proxy_url: `http://u:p@127.0.0.1:${port}`,
    proxy_connect_header: new Map([
      ['X-Via', [new Secret('one'), new Secret('two')]],
      ['Proxy-Authorization', [new Secret('not this')]],
    ]),
    tls_config: { ...tls_config, key_pem: undefined, insecure_skip_verify: false, min_version: undefined },
  });
  const response = await get(`https://127.0.0.1:${target}/`);
  assert.equal(Buffer.from(response.body).toString(), 'undefined');
  assert.equal(requests[0]?.url, `127.0.0.1:${target}`);
  assert.equal(requests[0]?.headers['x-via'], 'one, two');
  assert.equal(requests[0]?.headers['proxy-authorization'], 'Basic dTpw');
});

for (const scheme of ['http', 'https'])
  test(`a proxy that is down is named, and not the ${scheme} server behind it; its password is not`, async (t) => {
    const get = client(t, { proxy_url: 'http://me:hidden@127.0.0.1:1' });
    await assert.rejects(get(`${scheme}://example.test/a`), (error: HttpClientError) => {
      assert.equal(error.kind, 'proxy');
      assert.equal(error.proxy, 'http://127.0.0.1:1');
      assert.match(error.message, /^proxy .*http:\/\/127\.0\.0\.1:1.*/);
      assert.match(error.message, /example\.test/);
      assert.doesNotMatch(error.message, /hidden|me:/);
      return true;
    });
  });
