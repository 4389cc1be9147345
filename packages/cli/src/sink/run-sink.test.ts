import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';

test('a sink listens until it is interrupted', async () => {
  const host = new TestHost();
  const running = runProgram(['sink', '--listen', '127.0.0.1:0'], host);
  const url = await host.written(/http:\S+\d/);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  host.send('SIGTERM');
  assert.equal(await running, 0);
  assert.match(host.err, /0 profiles received, 0 pushes refused\n$/);
  assert.equal(host.listening, 0);
});

test('a port in use is one clear message', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const host = new TestHost();
  assert.equal(await runProgram(['sink', '--listen', `127.0.0.1:${port}`], host), 1);
  assert.match(
    host.err,
    /^pewter: cannot listen on 127\.0\.0\.1:\d+: another program listens there already; .*\n$/,
  );
});
