import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { Secret } from '@pewter/language';
import { testOutside } from '@pewter/testkit';
import { createHttpClient } from './http-client.ts';
import type { TlsArguments } from './tls-schema.ts';

const certificates = join(import.meta.dirname, '../../../fixtures/certs');
const read = (name: string) => readFileSync(join(certificates, name), 'utf8');

const none: TlsArguments = {
  ca_pem: '',
  ca_file: '',
  cert_pem: '',
  cert_file: '',
  key_pem: undefined,
  key_file: '',
  server_name: '',
  insecure_skip_verify: false,
  min_version: undefined,
};

test('TLS: an unknown authority is refused, a given one and a skipped check are taken', async (t) => {
  const server = createServer({ cert: read('server.pem'), key: read('server.key') }, (_, response) => {
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const status = async (tls_config: TlsArguments) => {
    const outside = testOutside();
    outside.files.write('/ca.pem', read('ca.pem'));
    const client = createHttpClient(outside, { ...arguments_, tls_config }, { userAgent: 'test' });
    try {
      return (await client.request({ url, signal: new AbortController().signal })).status;
    } finally {
      await client.close();
    }
  };
  await assert.rejects(status(none), { kind: 'tls' });
  await assert.rejects(status({ ...none, ca_pem: read('other-ca.pem') }), { kind: 'tls' });
  assert.equal(await status({ ...none, ca_file: '/ca.pem' }), 200);
  assert.equal(await status({ ...none, insecure_skip_verify: true }), 200);
});

test('TLS: HTTP/2 where both allow it, a client certificate, and no connection left after close', async (t) => {
  const seen: string[] = [];
  const server = createSecureServer(
    {
      cert: read('server.pem'),
      key: read('server.key'),
      ca: read('ca.pem'),
      requestCert: true,
      allowHTTP1: true,
    },
    (request, response) => {
      seen.push(request.httpVersion);
      response.end('ok');
    },
  );
  const sockets = new Set<unknown>();
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tls_config = {
    ...none,
    ca_pem: read('ca.pem'),
    cert_pem: read('client.pem'),
    key_pem: new Secret(read('client.key')),
  };
  for (const enable_http2 of [true, false]) {
    const args = { ...arguments_, tls_config, enable_http2 };
    const client = createHttpClient(testOutside(), args, { userAgent: 'test' });
    await client.request({ url, signal: new AbortController().signal });
    assert.equal(sockets.size, 1);
    await client.close();
    await assert.rejects(client.request({ url, signal: new AbortController().signal }), { kind: 'aborted' });
    while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual(seen, ['2.0', '1.1']);
});

const arguments_ = {
  basic_auth: undefined,
  authorization: undefined,
  oauth2: undefined,
  bearer_token: undefined,
  bearer_token_file: '',
  proxy_url: '',
  no_proxy: '',
  proxy_from_environment: false,
  proxy_connect_header: undefined,
  follow_redirects: true,
  enable_http2: true,
  http_headers: undefined,
};
