import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { reservedPort } from './reserved-port.ts';

test('every reserved port is another one, below those that systems hand out, and can be listened on', async (t) => {
  const ports = await Promise.all(Array.from({ length: 30 }, () => reservedPort()));
  assert.equal(new Set(ports).size, ports.length);
  assert.ok(ports.every((port) => port >= 20_000 && port < 30_000));
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  t.after(() => servers.map((server) => server.close()));
  await Promise.all(servers.map((server) => once(server, 'listening')));
});

test('a port on which somebody listens is passed over', async (t) => {
  const port = (await reservedPort()) + 1;
  const server = createServer().listen(port, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  assert.ok((await reservedPort()) > port);
});
