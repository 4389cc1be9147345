import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';
import { dryLine } from './dry-run.ts';

/** A CPU profile of a Go program. */
const bytes = readFileSync(join(import.meta.dirname, '../../../../fixtures/profiles/go-profile-1.pb.gz'));

async function served(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A config that scrapes the memory profiles of one target every second. */
const config = (target: string, push: string) => `
pyroscope.scrape "s" {
  targets = [{"__address__" = "${target}", "service_name" = "s"}]
  scrape_interval = "1s"
  profiling_config {
    profile.process_cpu { enabled = false }
    profile.goroutine { enabled = false }
    profile.mutex { enabled = false }
    profile.block { enabled = false }
  }
  forward_to = [pyroscope.write.w.receiver]
}
pyroscope.write "w" {
  external_labels = {"cluster" = "c"}
  endpoint {
    url = "http://${push}"
  }
}`;

describe('a line of a dry run', () => {
  const labels = [
    { name: '__name__', value: 'process_cpu' },
    { name: 'service_name', value: 's' },
  ];

  test('tells what a profile is and what is in it', async () => {
    const { samples, totals, top, ...line } = JSON.parse(
      await dryLine('pyroscope.write.a', { labels, bytes, id: '' }),
    );
    assert.deepEqual(line, {
      component: 'pyroscope.write.a',
      type: 'process_cpu',
      labels: { __name__: 'process_cpu', service_name: 's' },
      bytes: bytes.byteLength,
    });
    assert.ok(samples > 0);
    assert.deepEqual(Object.keys(totals), ['samples/count', 'cpu/nanoseconds']);
    assert.match(totals['cpu/nanoseconds'], /^[1-9]\d+$/);
    assert.equal(top.length, 3);
    assert.ok(top[0].share >= top[1].share && top[0].share <= 1);
  });

  test('says why a profile would not be sent', async () => {
    const line = JSON.parse(await dryLine('w', { labels: [], bytes, id: '' }));
    assert.equal(line.refused, 'there are none, and a service_name is needed');
  });

  test('says of bytes that are no profile what they are instead', async () => {
    const line = JSON.parse(await dryLine('w', { labels, bytes: Buffer.from('<html>'), id: '' }));
    assert.equal(typeof line.error, 'string');
  });

  test('of what came over /ingest says how it came, and does not look inside', async () => {
    const ingest = { query: [['format', 'jfr']] as const, contentType: undefined };
    const line = JSON.parse(await dryLine('w', { labels, bytes: Buffer.from('x'), id: '', ingest }));
    assert.deepEqual(line.ingest, { format: 'jfr' });
  });
});

test('pewter run --dry-run scrapes, prints, and sends nothing', async (t) => {
  const target = await served(t, (_, response) => void response.end(bytes));
  const push = await served(t, () => assert.fail('something was sent'));
  const folder = await temporaryFolder(t, { 'a.alloy': config(target, push) });
  const host = new TestHost();
  const address = '--server.http.listen-addr=127.0.0.1:0';
  const running = runProgram(
    ['run', '--dry-run', address, '--storage.path', folder, join(folder, 'a.alloy')],
    host,
  );
  for (let waits = 0; !host.out.includes('\n') && waits < 800; waits++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  host.send('SIGTERM');
  assert.equal(await running, 0, host.err);
  const line = JSON.parse(host.out.split('\n')[0] ?? '');
  assert.equal(line.type, 'memory');
  assert.equal(line.labels.cluster, 'c');
  assert.equal(line.labels.__address__, undefined);
  assert.equal(line.top.length, 3);
});

test('a dry run whose reader goes away ends, and that is no failure', async (t) => {
  const target = await served(t, (_, response) => void response.end(bytes));
  const folder = await temporaryFolder(t, { 'a.alloy': config(target, '127.0.0.1:1') });
  const args = [main, 'run', '--dry-run', '--server.http.listen-addr=127.0.0.1:0', '--storage.path', folder];
  const child = spawn(process.execPath, [...args, join(folder, 'a.alloy')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 20_000,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  child.stdout.destroy();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
