import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

/** Runs a config that takes two profiles into a queue whose endpoint is dead, and ends it; gives the storage path. */
async function filledQueue(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t, {
    'a.alloy': `pyroscope.receive_http "in" {
	http {
		listen_address = "127.0.0.1"
		listen_port    = 0
	}
	forward_to = [pyroscope.write.out.receiver]
}

pyroscope.write "out" {
	endpoint {
		url  = "http://127.0.0.1:9"
		name = "main"
		queue { }
	}
}
`,
  });
  const host = new TestHost();
  const storage = join(folder, 'data');
  const args = ['--server.http.listen-addr=127.0.0.1:0', '--storage.path', storage, folder];
  const running = runProgram(['run', ...args], host);
  const [address = ''] = /127\.0\.0\.1:\d+$/.exec(await host.written(/http=127\.0\.0\.1:\d+/)) ?? [];
  for (const name of ['shop{env=a}', 'cart']) {
    const url = `http://${address}/ingest?name=${encodeURIComponent(name)}&format=pprof`;
    const answer = await fetch(url, { method: 'POST', body: `profile of ${name}` });
    assert.equal(answer.status, 200, 'acknowledged although the endpoint is dead');
  }
  host.send('SIGTERM');
  assert.equal(await running, 0);
  assert.match(host.err.trimEnd().split('\n').at(-1) ?? '', /msg=stopped profiles_on_disk=2 profiles_lost=0/);
  return storage;
}

test('what a process left in its queue can be listed, exported and sent', async (t) => {
  const storage = await filledQueue(t);
  const listed = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', storage], listed), 0);
  assert.match(listed.out, /queue-main\.db: 2 profiles of 2 series, 37 bytes, came 20/);

  const saved = new TestHost();
  const to = join(storage, 'saved');
  assert.equal(await runProgram(['queue', 'export', '--to', to, storage], saved), 0, saved.err);
  assert.deepEqual(await readdir(to), ['000001.json', '000001.pb', '000002.json', '000002.pb']);
  assert.equal(JSON.parse(await readFile(join(to, '000001.json'), 'utf8')).labels.service_name, 'shop');
  assert.equal(await readFile(join(to, '000002.pb'), 'utf8'), 'profile of cart');

  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    request.resume();
    response.writeHead(requests.length > 1 ? 200 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const refused = new TestHost();
  assert.equal(await runProgram(['queue', 'drain', '--url', url, storage], refused), 1);
  assert.match(refused.err, /was not taken: HTTP 503/);
  const drained = new TestHost();
  assert.equal(
    await runProgram(['queue', 'drain', '--url', url, '--header', 'X-Scope-OrgID=a', storage], drained),
    0,
  );
  assert.match(drained.out, /2 of 2 profiles sent/);
  const [first = ''] = requests.slice(-2);
  assert.match(first, /^\/ingest\?format=pprof&from=\d+&name=shop%7B.*&until=\d+$/);
  const empty = new TestHost();
  await runProgram(['queue', 'ls', storage], empty);
  assert.match(empty.out, /: 0 profiles/);
});

test('what is no queue file, is damaged or in use is told, left as it is, and keeps nobody from the others', async (t) => {
  const storage = await filledQueue(t);
  const folder = join(storage, 'pyroscope.write.out');
  const config = join(storage, 'config.alloy');
  const noise = 'pyroscope.write "out" { }\n'.repeat(400);
  for (const file of [config, join(folder, 'a-noise.db')]) await writeFile(file, noise);
  const other = join(folder, 'other.db');
  const database = new DatabaseSync(other);
  database.exec('CREATE TABLE t (x)');
  database.close();
  const before = await readFile(other);

  const one = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', config], one), 1);
  assert.match(one.err, /config\.alloy: it is no queue file, or damaged; it was left as it is\n$/);
  const all = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', storage], all), 1);
  assert.match(all.out, /queue-main\.db: 2 profiles/);
  assert.match(all.err, /a-noise\.db: it is no queue file/);

  assert.equal(await readFile(config, 'utf8'), noise);
  assert.deepEqual(await readFile(other), before);
  assert.ok(!(await readdir(folder)).some((name) => name.includes('damaged')));

  const used = new DatabaseSync(join(folder, 'queue-main.db'));
  t.after(() => used.close());
  used.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  const busy = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', join(folder, 'queue-main.db')], busy), 1);
  assert.match(busy.err, /a process has it open: stop it first/);
});

test('a folder without queues and a path that is not there are said', async (t) => {
  const folder = await temporaryFolder(t, {});
  const none = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', folder], none), 0);
  assert.match(none.err, /no queue file at/);
  const gone = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', join(folder, 'gone')], gone), 1);
  assert.match(gone.err, /cannot read .*gone: there is no such file or directory/);
});
