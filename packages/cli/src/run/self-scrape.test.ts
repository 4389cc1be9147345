import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('pewter profiles pewter', { timeout: 30_000 }, async (t) => {
  const address = `127.0.0.1:${await freePort()}`;
  const config = `
pyroscope.scrape "self" {
  targets = [{"__address__" = "${address}", "service_name" = "pewter"}]
  scrape_interval = "2s"
  profiling_config {
    profile.goroutine { enabled = false }
    profile.mutex { enabled = false }
    profile.block { enabled = false }
  }
  forward_to = [pyroscope.write.w.receiver]
}
pyroscope.write "w" { }`;
  const folder = await temporaryFolder(t, { 'a.alloy': config });
  const host = new TestHost();
  const args = ['run', '--dry-run', `--server.http.listen-addr=${address}`, '--storage.path', folder];
  const running = runProgram([...args, join(folder, 'a.alloy')], host);
  const arrived = (type: string) => host.out.includes(`"type":"${type}"`);
  while (!arrived('process_cpu') || !arrived('memory'))
    await new Promise((resolve) => setTimeout(resolve, 50));
  host.send('SIGTERM');
  assert.equal(await running, 0);
  const profiles = host.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const totals = profiles.map(({ totals }) => Object.keys(totals).join());
  assert.ok(totals.includes('samples/count,cpu/nanoseconds'));
  assert.ok(totals.includes('inuse_space/bytes'));
});
