import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { startSink } from '@pewter/sink';
import { reservedPort } from '@pewter/testkit';
import { root, type ScratchFolder, scratchFolder } from '../harness/files.ts';
import { Journal } from '../harness/journal.ts';
import { startPewter } from '../harness/pewter.ts';
import { startSink as startRecordingSink } from '../harness/recording-sink.ts';
import { writeCertificates } from '../harness/traffic/certificates.ts';

const go = spawnSync('go', ['version'], { encoding: 'utf8' });
const skip =
  go.status === 0 ? false : 'Go is not installed: this test builds the published push client and server';
const run = promisify(execFile);

const ways = ['h1', 'h2c'].flatMap((version) =>
  ['plain', 'gzip'].map((encoding) => [version, encoding] as const),
);

const receive = (port: number, url: string, endpoint = '') => `
pyroscope.receive_http "in" {
  http {
    listen_address = "127.0.0.1"
    listen_port    = ${port}
  }
  forward_to = [pyroscope.write.out.receiver]
}

pyroscope.write "out" {
  endpoint {
    url = "${url}"
    ${endpoint}
  }
}
`;

describe("Grafana's published push client and server", { skip, timeout: 300_000 }, () => {
  let folder: ScratchFolder;
  let program: string;

  before(async () => {
    folder = await scratchFolder();
    program = join(folder.path, 'push');
    await run('go', ['build', '-o', program, '.'], { cwd: join(root, 'test', 'go', 'push') });
  });
  after(() => folder?.[Symbol.asyncDispose]());

  for (const [version, encoding] of ways) {
    test(`the client pushes to pyroscope.receive_http over ${version}, ${encoding}`, async () => {
      const port = await reservedPort();
      await using sink = await startRecordingSink();
      await using pewter = await startPewter(receive(port, `http://${sink.address}`));
      await run(program, ['client', `http://127.0.0.1:${port}`, version, encoding, '3']);
      const bodies = sink.profiles.entries.map(({ bytes }) => Buffer.from(bytes).toString());
      assert.deepEqual(bodies, ['profile 0', 'profile 1', 'profile 2']);
      assert.equal(sink.profiles.entries[0]?.labels.service_name, `${version}-${encoding}`);
      assert.ok(pewter.pid > 0);
    });

    test(`the client reaches the sink over ${version}, ${encoding}`, async () => {
      const refused: object[] = [];
      const logger = { warn: (fields: object) => refused.push(fields) };
      const sink = await startSink({ host: '127.0.0.1', port: 0, onProfile() {}, logger });
      // What it pushes is no pprof: the sink says so, and the client understands that.
      const pushing = run(program, ['client', sink.url, version, encoding, '1']);
      await assert.rejects(pushing, /invalid_argument: profile of series/);
      await sink.close();
      assert.equal(refused.length, 1);
    });
  }

  test('the server takes what pyroscope.write pushes over HTTP/1.1', async () => {
    await using server = await startServer(program, []);
    await pushThrough(program, `http://${server.address}`, '', 2);
    assert.deepEqual(waysOf(server), [
      ['HTTP/1.1', 'profile 0'],
      ['HTTP/1.1', 'profile 1'],
    ]);
    assert.deepEqual(server.received()[0]?.Labels, {
      __name__: 'process_cpu',
      app_name: 'process_cpu',
      service_name: 'h1-gzip',
    });
  });

  test('the server takes what pyroscope.write pushes over TLS with HTTP/2', async () => {
    await writeCertificates(folder.path);
    const file = (name: string) => join(folder.path, name);
    await using server = await startServer(program, [file('server.pem'), file('server.key')]);
    const tls = `tls_config {\n ca_file = "${file('ca.pem')}"\n }`;
    await pushThrough(program, `https://${server.address}`, tls, 2);
    assert.deepEqual(waysOf(server), [
      ['HTTP/2.0', 'profile 0'],
      ['HTTP/2.0', 'profile 1'],
    ]);
  });

  test('pyroscope.write reads the packed answers of the server', async () => {
    await using server = await startServer(program, []);
    const packed = 'headers = { "Accept-Encoding" = "gzip" }';
    await pushThrough(program, `http://${server.address}`, packed, 2);
    assert.deepEqual(
      server.received().map(({ Accept }) => Accept),
      ['gzip', 'gzip'],
    );
    const refusing = 'headers = { "Accept-Encoding" = "gzip", "X-Answer" = "tenant-unknown" }';
    const pushing = pushThrough(program, `http://${server.address}`, refusing, 1);
    await assert.rejects(pushing, /invalid_argument: tenant-unknown tenant-unknown/);
  });
});

interface Received {
  readonly Proto: string;
  readonly Accept: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Body: string;
}

interface GoServer extends AsyncDisposable {
  readonly address: string;
  readonly received: () => readonly Received[];
}

/** The server in a process of its own; with a certificate and its key over TLS. */
async function startServer(program: string, certificate: readonly string[]): Promise<GoServer> {
  const server = spawn(program, ['server', ...certificate], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(server, 'close');
  const lines = new Journal<string>();
  createInterface({ input: server.stdout }).on('line', (line) => lines.add(line));
  const [address = ''] = await lines.until((all) => all.length > 0, 'the address of the server', 20_000);
  return {
    address,
    received: () => lines.entries.slice(1).map((line) => JSON.parse(line) as Received),
    async [Symbol.asyncDispose]() {
      server.kill();
      await closed;
    },
  };
}

function waysOf(server: GoServer) {
  return server.received().map(({ Proto, Body }) => [Proto, Body]);
}

/** Pushes with the client through pyroscope.receive_http and pyroscope.write; rejects with what the client is told. */
async function pushThrough(program: string, url: string, endpoint: string, count: number): Promise<void> {
  const port = await reservedPort();
  await using pewter = await startPewter(receive(port, url, endpoint));
  assert.ok(pewter.pid > 0);
  await run(program, ['client', `http://127.0.0.1:${port}`, 'h1', 'gzip', String(count)]);
}
