import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const write = (name: string) =>
  `pyroscope.write "${name}" {\n\tendpoint {\n\t\turl = "http://127.0.0.1:4040"\n\t}\n}\n`;
const anyPort = '--server.http.listen-addr=127.0.0.1:0';

describe('pewter run', () => {
  test('runs a config until it is interrupted and serves its state', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': write('local') });
    const host = new TestHost();
    const running = runProgram(
      ['run', anyPort, '--disable-reporting', '--storage.path', folder, folder],
      host,
    );
    const url = await host.written(/http:\/\/127\.0\.0\.1:\d+/);
    host.fault(new Error('dropped by a component'));
    await host.written(/level=error msg="a fault of the program; it goes on" err="dropped by a component"/);
    assert.equal((await fetch(`${url}/-/ready`)).status, 200);
    host.send('SIGTERM');
    assert.equal(await running, 0);
    assert.match(host.err, /flag=--disable-reporting/);
    assert.equal(host.listening, 0);
  });

  test('reads its config again at SIGHUP, and goes on with the last one when that is wrong', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': write('first') });
    const host = new TestHost();
    const running = runProgram(['run', anyPort, join(folder, 'a.alloy')], host);
    const url = await host.written(/http:\/\/127\.0\.0\.1:\d+/);
    const ids = async () => {
      const list: unknown = await (await fetch(`${url}/api/v0/web/components`)).json();
      return JSON.stringify(list).match(/pyroscope\.write\.\w+/g)?.[0];
    };
    assert.equal(await ids(), 'pyroscope.write.first');
    await writeFile(join(folder, 'a.alloy'), 'pyroscope.write {');
    host.send('SIGHUP');
    await host.written(/config not reloaded, the last one goes on" err=".*a\.alloy:1:1: /);
    assert.equal(await ids(), 'pyroscope.write.first');
    await writeFile(join(folder, 'a.alloy'), write('second'));
    host.send('SIGHUP');
    await host.written(/config loaded[\s\S]*config loaded/);
    assert.equal(await ids(), 'pyroscope.write.second');
    host.send('SIGINT');
    assert.equal(await running, 0);
  });

  test('does not start a config that is wrong', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': 'pyroscope.write "local" {\n' });
    const host = new TestHost();
    assert.equal(await runProgram(['run', anyPort, folder], host), 1);
    assert.match(host.err, /E01\d\d/);
    assert.match(host.err, /was not loaded: 1 error\n$/);
  });

  test('says in one line that it cannot read or listen', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': write('local') });
    const gone = new TestHost();
    assert.equal(await runProgram(['run', join(folder, 'gone')], gone), 1);
    assert.match(gone.err, /^pewter: cannot read .*gone: there is no such file or directory\n$/);

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    t.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const taken = new TestHost();
    assert.equal(await runProgram(['run', `--server.http.listen-addr=127.0.0.1:${port}`, folder], taken), 1);
    assert.match(
      taken.err,
      /pewter: cannot listen on 127\.0\.0\.1:\d+: another program listens there already; .*\n$/,
    );
  });
});
