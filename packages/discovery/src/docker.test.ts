import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { problemsOf } from './decode.test-help.ts';
import { dockerDiscovery } from './docker.ts';
import { json, running, upstream } from './running.test-help.ts';

test('a daemon is asked over its Unix socket', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'docker-'));
  const socket = join(folder, 'docker.sock');
  const urls: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    urls.push(`${request.method} ${request.url}`);
    json([], 200, { 'api-version': '1.47' })(response, request);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });
  const filter = 'filter {\n name = "label"\n values = ["a=b", "c"]\n}';
  const discovery = await running(t, dockerDiscovery, `host = "unix://${socket}"\n${filter}`);
  await discovery.healthy();
  const filters = encodeURIComponent('{"label":{"a=b":true,"c":true}}');
  assert.deepEqual(urls, [
    'HEAD /_ping',
    `GET /v1.47/containers/json?filters=${filters}`,
    'GET /v1.47/networks',
  ]);
});

test('over `tcp://` the arguments of the HTTP client do not apply, over `http://` they do', async (t) => {
  const server = await upstream(t, json([], 200, { 'api-version': '1.45' }));
  for (const scheme of ['tcp', 'http']) {
    const discovery = await running(
      t,
      dockerDiscovery,
      `host = "${scheme}://${server.host}"\nbearer_token = "t"`,
    );
    await discovery.healthy();
  }
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    [undefined, undefined, undefined, 'Bearer t', 'Bearer t', 'Bearer t'],
  );
});

test('a host that is no address is refused', () => {
  for (const host of ['', 'docker', 'unix://'])
    assert.match(
      problemsOf(`host = "${host}"`, dockerDiscovery.arguments)[0] ?? '',
      /no address of a Docker daemon/,
    );
  // What Alloy loads, here or on Windows, is only warned of.
  for (const host of ['ssh://a', 'npipe:////./pipe/docker_engine'])
    assert.deepEqual(problemsOf(`host = "${host}"`, dockerDiscovery.arguments), []);
});
