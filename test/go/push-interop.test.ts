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

const go = spawnSync('go', ['version'], { encoding: 'utf8' });
const skip =
  go.status === 0 ? false : 'Go is not installed: this test builds the published push client and server';
const run = promisify(execFile);

const ways = ['h1', 'h2c'].flatMap((version) =>
  ['plain', 'gzip'].map((encoding) => [version, encoding] as const),
);

const receive = (port: number, url: string) => `
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

  test('the server takes what pyroscope.write pushes', async () => {
    const server = spawn(program, ['server'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = new Journal<string>();
    createInterface({ input: server.stdout }).on('line', (line) => lines.add(line));
    try {
      const [address] = await lines.until((all) => all.length > 0, 'the address of the server', 20_000);
      const port = await reservedPort();
      await using pewter = await startPewter(receive(port, `http://${address}`));
      assert.ok(pewter.pid > 0);
      await run(program, ['client', `http://127.0.0.1:${port}`, 'h1', 'gzip', '2']);
      const received = lines.entries.slice(1).map((line) => JSON.parse(line));
      assert.deepEqual(
        received.map(({ Proto, Body }) => [Proto, Body]),
        [
          ['HTTP/1.1', 'profile 0'],
          ['HTTP/1.1', 'profile 1'],
        ],
      );
      assert.deepEqual(received[0].Labels, {
        __name__: 'process_cpu',
        app_name: 'process_cpu',
        service_name: 'h1-gzip',
      });
    } finally {
      server.kill();
      await once(server, 'close');
    }
  });
});
