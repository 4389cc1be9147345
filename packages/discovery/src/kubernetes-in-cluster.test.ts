import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext as NodeTest, test } from 'node:test';
import { MapEnvironment, MemoryFiles, testContext } from '@pewter/testkit';
import { kubernetesDiscovery } from './kubernetes.ts';
import { running, until } from './running.test-help.ts';

const certificates = join(import.meta.dirname, '../../../fixtures/certs');
const read = (name: string) => readFileSync(join(certificates, name), 'utf8');
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

const pod = (name: string, address: string) => ({
  metadata: { name, namespace: 'mine' },
  status: { podIP: address },
  spec: { containers: [{ name: 'c' }] },
});

/** An API server with TLS, spoken to over HTTP/2 as that of a cluster is. */
async function cluster(t: NodeTest) {
  const requests: Http2ServerRequest[] = [];
  const watches: Http2ServerResponse[] = [];
  const server = createSecureServer({ cert: read('server.pem'), key: read('server.key') });
  server.on('request', (request, response) => {
    requests.push(request);
    response.writeHead(200, { 'content-type': 'application/json' });
    if (request.url.includes('watch=true')) {
      watches.push(response);
    } else {
      response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items: [pod('a', '10.0.0.1')] }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  return { requests, watches, port: (server.address() as AddressInfo).port };
}

test('inside of a cluster: own namespace, token of the service account, watch over HTTP/2', async (t) => {
  const { requests, watches, port } = await cluster(t);
  const files = new MemoryFiles({
    [`${account}/token`]: 'first\n',
    [`${account}/namespace`]: 'mine',
    [`${account}/ca.crt`]: read('ca.pem'),
  });
  const environment = new MapEnvironment({
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String(port),
  });
  const context = testContext<unknown>({ files, environment });
  const config = 'role = "pod"\nnamespaces { own_namespace = true }';
  const discovery = await running(t, kubernetesDiscovery, config, context);
  await until(() => watches.length === 1);
  assert.equal(requests[0]?.httpVersion, '2.0');
  assert.match(requests[0]?.url ?? '', /^\/api\/v1\/namespaces\/mine\/pods\?/);
  assert.equal(requests[0]?.headers.authorization, 'Bearer first');

  watches[0]?.write(`${JSON.stringify({ type: 'ADDED', object: pod('b', '10.0.0.2') })}\n`);
  const shown = () => discovery.targets().map(({ __address__ }) => __address__);
  for (let turn = 0; shown().length < 2; turn++) {
    assert.ok(turn < 400, 'the added pod was never shown');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await context.clock.advance(250);
  }
  assert.deepEqual(shown(), ['10.0.0.1', '10.0.0.2']);

  files.write(`${account}/token`, 'second');
  watches[0]?.end();
  for (let turn = 0; watches.length < 2; turn++) {
    assert.ok(turn < 400, 'the watch was never resumed');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await context.clock.advance(250);
  }
  assert.equal(requests.at(-1)?.headers.authorization, 'Bearer second');
  assert.equal(discovery.state(), 'healthy');
});
