import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { join } from 'node:path';
import { type TestContext as NodeTest, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { MemoryFiles, testOutside } from '@pewter/testkit';
import { clientOf, listen } from './loopback.test-help.ts';

const certificates = join(import.meta.dirname, '../../../fixtures/certs');
const read = (name: string) => readFileSync(join(certificates, name), 'utf8');

const outsideWith = (files: Readonly<Record<string, string>>) =>
  testOutside({ files: new MemoryFiles(files) });

async function secureServer(t: NodeTest, name: string, options: ServerOptions = {}) {
  const pair = { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  const server = createServer({ ...pair, ...options }, (request, response) => {
    const subject = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
    response.setHeader('connection', 'close').end(String(subject ?? ''));
  });
  return `https://127.0.0.1:${await listen(t, server)}/`;
}

test('`server_name` is the name that the certificate must be for', async (t) => {
  const url = await secureServer(t, 'named');
  const config = (name: string) => `tls_config {\n ca_file = "/ca.pem"\n server_name = "${name}"\n}`;
  const status = async (name: string) => {
    const { get } = clientOf(t, config(name), outsideWith({ '/ca.pem': read('ca.pem') }));
    return (await get(url)).status;
  };
  assert.equal(await status('named.test'), 200);
  await assert.rejects(status('other.test'), { kind: 'tls' });
  await assert.rejects(status(''), { kind: 'tls' });
});

test('`min_version` refuses a server that speaks only older versions', async (t) => {
  const url = await secureServer(t, 'server', { maxVersion: 'TLSv1.2' });
  const attempt = (version: string) =>
    clientOf(t, `tls_config {\n insecure_skip_verify = true\n min_version = "${version}"\n}`).get(url);
  assert.equal((await attempt('TLS12')).status, 200);
  await assert.rejects(attempt('TLS13'), { kind: 'tls' });
});

test('changed files count at the next request: authority, certificate and key', async (t) => {
  const url = await secureServer(t, 'server', {
    ca: read('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  });
  const { get, outside } = clientOf(
    t,
    'tls_config {\n ca_file = "/ca.pem"\n cert_file = "/c.pem"\n key_file = "/c.key"\n}',
    outsideWith({ '/ca.pem': read('ca.pem'), '/c.pem': read('client.pem'), '/c.key': read('client.key') }),
  );
  const write = (name: string, pair: string) => {
    outside.files.write('/ca.pem', read(name));
    outside.files.write('/c.pem', read(`${pair}.pem`));
    outside.files.write('/c.key', read(`${pair}.key`));
  };
  write('other-ca.pem', 'client');
  await assert.rejects(get(url), { kind: 'tls' });
  write('ca.pem', 'client');
  assert.equal(Buffer.from((await get(url)).body).toString(), 'client');
  write('ca.pem', 'named');
  assert.equal(Buffer.from((await get(url)).body).toString(), 'named.test');
  outside.files.remove('/c.key');
  await assert.rejects(get(url), { kind: 'file', message: /\/c\.key/ });
});

test('a file that has come to hold no certificate is a `tls` error', async (t) => {
  const url = await secureServer(t, 'server');
  const files = { '/c.pem': read('client.pem'), '/c.key': read('client.key') };
  const config = 'tls_config {\n cert_file = "/c.pem"\n key_file = "/c.key"\n}';
  const { get, outside } = clientOf(t, config, outsideWith(files));
  outside.files.write('/c.pem', 'garbage');
  outside.files.write('/c.key', 'garbage');
  await assert.rejects(get(url), { kind: 'tls' });
});

test('a client that closes ends requests on connections from before a file changed', async (t) => {
  const asked = Promise.withResolvers<void>();
  const pair = { cert: read('server.pem'), key: read('server.key') };
  const server = createServer(pair, (request, response) => {
    if (request.url === '/never') asked.resolve();
    else response.end();
  });
  const url = `https://127.0.0.1:${await listen(t, server)}`;
  const config = 'tls_config {\n ca_file = "/ca.pem"\n}';
  const { get, outside, close } = clientOf(t, config, outsideWith({ '/ca.pem': read('ca.pem') }));
  const failure = assert.rejects(get(`${url}/never`), { name: 'HttpClientError' });
  await asked.promise;
  outside.files.write('/ca.pem', `${read('ca.pem')}\n`);
  assert.equal((await get(`${url}/`)).status, 200);
  await close();
  await failure;
});
