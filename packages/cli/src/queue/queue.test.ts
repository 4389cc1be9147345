import assert from 'node:assert/strict';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
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
    response.writeHead(requests.length > 2 ? 200 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const refused = new TestHost();
  assert.equal(await runProgram(['queue', 'drain', '--url', url, storage], refused), 1);
  assert.match(refused.out, /: 0 of 2 profiles sent to/);
  assert.match(
    refused.err,
    /queue-main\.db: a profile stays, of \{.*service_name="shop"\}, came 20\S+Z: HTTP 503/,
  );
  const drained = new TestHost();
  assert.equal(
    await runProgram(['queue', 'drain', '--url', url, '--header', 'X-Scope-OrgID=a', storage], drained),
    0,
  );
  assert.match(drained.out, /2 of 2 profiles sent/);

  const again = new TestHost();
  assert.equal(await runProgram(['queue', 'export', '--to', to, storage], again), 2);
  assert.match(again.err, /saved has profiles of an earlier export \(000001\.json\): give another directory/);
  assert.equal(await readFile(join(to, '000002.pb'), 'utf8'), 'profile of cart');
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

test('one profile that a server refuses as wrong stays, and the others of all queues are sent', async (t) => {
  const storage = await filledQueue(t);
  const folder = join(storage, 'pyroscope.write.out');
  await cp(join(folder, 'queue-main.db'), join(folder, 'spool'));
  const url = await serve(t, (name) => (name.startsWith('shop') ? 400 : 200));

  const drained = new TestHost();
  assert.equal(
    await runProgram(['queue', 'drain', '--url', url.replace('//', '//me:pass@'), storage], drained),
    1,
  );
  assert.equal(drained.out.match(/: 1 of 2 profiles sent to http:\/\/127/g)?.length, 2, drained.out);
  assert.equal(drained.err.match(/service_name="shop"\}, came 20\S+Z: HTTP 400/g)?.length, 2, drained.err);
  assert.doesNotMatch(drained.out + drained.err, /pass/);
  const left = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', storage], left), 0);
  assert.equal(left.out.match(/: 1 profile of 1 series/g)?.length, 2);
});

test('a server that refuses whoever asks is asked once', async (t) => {
  const storage = await filledQueue(t);
  let asked = 0;
  const url = await serve(t, () => {
    asked++;
    return 401;
  });
  const drained = new TestHost();
  assert.equal(await runProgram(['queue', 'drain', '--url', url, storage], drained), 1);
  assert.equal(asked, 1);
  assert.match(drained.err, /the server takes nothing: HTTP 401; what is left stays in the queue files\n$/);
  const left = new TestHost();
  await runProgram(['queue', 'ls', storage], left);
  assert.match(left.out, /: 2 profiles/);
});

test('queues are found by what is in them, and no other database is opened', async (t) => {
  const storage = await filledQueue(t);
  const folder = join(storage, 'pyroscope.write.out');
  await rename(join(folder, 'queue-main.db'), join(folder, 'profiles.waiting'));
  const other = new DatabaseSync(join(folder, 'somebody.sqlite'));
  t.after(() => other.close());
  other.exec('CREATE TABLE t (x); PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  const listed = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', storage], listed), 0, listed.err);
  assert.match(listed.out, /^\S+profiles\.waiting: 2 profiles of 2 series/);
});

test('a folder without queues, a path that is not there and a URL without its scheme are said', async (t) => {
  const folder = await temporaryFolder(t, { 'a.txt': 'a' });
  for (const args of [
    ['ls'],
    ['drain', '--url', 'http://127.0.0.1:9'],
    ['export', '--to', join(folder, 'to')],
  ]) {
    const none = new TestHost();
    assert.equal(await runProgram(['queue', ...args, folder], none), 2);
    assert.match(none.err, /no queue file at \S+: of 1 file in and below it none is one\n$/);
  }
  assert.deepEqual(await readdir(folder), ['a.txt'], 'nothing is made where nothing is exported');
  const gone = new TestHost();
  assert.equal(await runProgram(['queue', 'ls', join(folder, 'gone')], gone), 2);
  assert.match(gone.err, /cannot read .*gone: there is no such file or directory/);
  for (const url of ['127.0.0.1:14040', 'localhost:4040', 'ftp://a']) {
    const bad = new TestHost();
    assert.equal(await runProgram(['queue', 'drain', '--url', url, folder], bad), 2);
    assert.match(bad.err, /Give a URL with its scheme, as in http:\/\/127\.0\.0\.1:4040/);
  }
});

/** A server that answers an `/ingest` as the name in it says; gives its URL. */
async function serve(t: TestContext, statusOf: (name: string) => number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    response.writeHead(statusOf(searchParams.get('name') ?? '')).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
