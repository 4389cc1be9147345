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
    assert.match(host.err, /was not loaded: 1 error"\n$/);
  });

  test('tells what is wrong in lines of the log, each with its place, and in the answer to a reload', async (t) => {
    const json = 'logging { format = "json" }\n';
    const hiding = 'discovery.http "a" {\n  url = "http://127.0.0.1:9"\n  bearer_token = "t0p"\n}\n';
    const folder = await temporaryFolder(t, { 'a.alloy': `${json}declare "m" {\n  a = 1\n}\n` });
    const host = new TestHost();
    const path = join(folder, 'a.alloy');
    const running = runProgram(['run', anyPort, '--storage.path', folder, path], host);
    const url = await host.written(/http:\/\/127\.0\.0\.1:\d+/);
    await writeFile(path, `${json}${hiding}no.such "x" { }\nother.one "y" { }\n`);
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' });
    assert.equal(answer.status, 400);
    const lines = (await answer.text()).split('\n').map((line) => line.trim());
    assert.match(lines[0] ?? '', /a\.alloy was not loaded \(2 errors\):$/);
    assert.match(lines[1] ?? '', /a\.alloy:6:1: .*no\.such/);
    assert.match(lines[2] ?? '', /a\.alloy:7:1: .*other\.one/);
    host.send('SIGTERM');
    assert.equal(await running, 0);
    const logged = host.err
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const records = logged.map((line) => JSON.parse(line));
    assert.equal(
      host.err
        .trimEnd()
        .split('\n')
        .filter((line) => !/^(\{|ts=)/.test(line)).length,
      0,
      host.err,
    );
    const told = records.filter(({ code }) => code !== undefined);
    assert.deepEqual(
      told.map(({ level, file, line, column }) => [level, file, line, column]),
      [
        ['warn', path, 3, 3],
        ['error', path, 6, 1],
        ['error', path, 7, 1],
      ],
    );
    const summary = records.find(({ msg }) => msg === 'config not reloaded, the last one goes on');
    assert.match(summary?.err, /2 errors\): .*a\.alloy:6:1: .*; .*a\.alloy:7:1: /);
  });

  test('shows the lines of source to a person at a terminal', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': 'no.such "x" { }\n' });
    const host = new TestHost('', true);
    assert.equal(await runProgram(['run', anyPort, folder], host), 1);
    assert.match(host.err, /a\.alloy:1:1: error\[E\d+\].*\n +1 \| no\.such "x" \{ \}\n/);
    assert.match(host.err, /^pewter: .*was not loaded: 1 error$/m);
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
