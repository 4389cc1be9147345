import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Secret } from '@pewter/language';
import { testOutside } from '@pewter/testkit';
import { createHttpClient } from './http-client.ts';
import type { HttpClientArguments } from './http-client-schema.ts';

const plain = { proxy_url: '', no_proxy: '', proxy_from_environment: false };

test('a token is asked for once, renewed before its end, and by form where Basic is refused', async (t) => {
  const asked: { basic: string | undefined; form: string }[] = [];
  const used: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    if (request.url !== '/token') {
      used.push(request.headers.authorization);
      return void response.end();
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ basic: request.headers.authorization, form: Buffer.concat(chunks).toString() });
    if (request.headers.authorization) return void response.writeHead(401).end();
    const answer = { access_token: `t${asked.length}`, token_type: 'bearer', expires_in: 60 };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outside = testOutside();
  const oauth2 = {
    ...plain,
    client_id: 'me',
    client_secret: new Secret('s p*~'),
    client_secret_file: '',
    scopes: ['a', 'b'],
    token_url: `${url}/token`,
    endpoint_params: undefined,
    proxy_connect_header: undefined,
    tls_config: undefined,
  };
  const args: HttpClientArguments = {
    proxy_connect_header: undefined,
    basic_auth: undefined,
    authorization: undefined,
    bearer_token: undefined,
    tls_config: undefined,
    http_headers: undefined,
    ...plain,
    bearer_token_file: '',
    follow_redirects: true,
    enable_http2: true,
    oauth2,
  };
  const client = createHttpClient(outside, args, { userAgent: 'test' });
  t.after(() => client.close());
  const get = () => client.request({ url, signal: new AbortController().signal });
  await Promise.all([get(), get()]);
  await get();
  assert.deepEqual(used, ['Bearer t2', 'Bearer t2', 'Bearer t2']);
  assert.equal(asked[0]?.basic, `Basic ${Buffer.from('me:s+p%2A~').toString('base64')}`);
  assert.equal(asked[1]?.form, 'client_id=me&client_secret=s+p%2A~&grant_type=client_credentials&scope=a+b');
  await outside.clock.advance(49_000);
  await get();
  assert.equal(asked.length, 2);
  await outside.clock.advance(2000);
  await get();
  assert.equal(used.at(-1), 'Bearer t3');
});
