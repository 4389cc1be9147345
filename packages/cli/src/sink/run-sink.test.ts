import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

test('a sink listens until it is interrupted', async () => {
  const host = new TestHost();
  const running = runProgram(['sink', '--listen', '127.0.0.1:0'], host);
  const url = await host.written(/http:\S+\d/);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  host.send('SIGTERM');
  assert.equal(await running, 0);
  assert.match(host.err, /0 profiles received, 0 refused\n$/);
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

test('a sink keeps profiles in a file for the next one, and says when it cannot', async (t) => {
  const folder = await temporaryFolder(t, {
    'no.db': 'this is no database, and long enough to be seen as none',
  });
  const store = join(folder, 'sink.db');
  const run = async (check: (url: string) => Promise<void>) => {
    const host = new TestHost();
    const running = runProgram(['sink', '--listen', '127.0.0.1:0', '--store', store], host);
    await check(await host.written(/http:\S+\d/));
    host.send('SIGTERM');
    assert.equal(await running, 0);
  };
  await run(async (url) => {
    const body = 'main;work 3\n';
    const answer = await fetch(`${url}/ingest?name=app&format=folded`, { method: 'POST', body });
    assert.equal(answer.status, 200);
  });
  await run(async (url) =>
    assert.match(await (await fetch(`${url}/api/series`)).text(), /"service_name":"app"/),
  );
  const refused = async (path: string) => {
    const host = new TestHost();
    const status = await runProgram(['sink', '--listen', '127.0.0.1:0', '--store', join(folder, path)], host);
    assert.equal(status, 1);
    return host.err;
  };
  assert.match(
    await refused('no.db'),
    /^pewter: cannot keep profiles in .*no\.db: it is a file of another kind: give one of an earlier sink/,
  );
  assert.match(
    await refused('gone/a.db'),
    /^pewter: cannot keep profiles in .*a\.db: it cannot be opened or made: look whether .*gone is there/,
  );
});
