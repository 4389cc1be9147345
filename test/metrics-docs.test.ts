import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { reservedPort } from '@pewter/testkit';
import { root } from './harness/files.ts';
import { startPewter } from './harness/pewter.ts';

/** Every component that has metrics, beside nobody who answers. */
const config = (nobody: string) => `
discovery.http "x" { url = "http://${nobody}" }
discovery.dns "x" { names = ["localhost"] }
discovery.file "x" { files = ["*.json"] }
discovery.consul "x" { server = "${nobody}" }
discovery.consulagent "x" { server = "${nobody}" }
discovery.docker "x" { host = "http://${nobody}" }
discovery.kubelet "x" { url = "http://${nobody}" }
discovery.kubernetes "x" {
  role       = "pod"
  api_server = "http://${nobody}"
}
local.file "x" { filename = "config.alloy" }
pyroscope.scrape "x" {
  targets    = []
  forward_to = [pyroscope.relabel.x.receiver]
}
pyroscope.relabel "x" { forward_to = [pyroscope.write.x.receiver] }
pyroscope.receive_http "x" {
  http {
    listen_address = "127.0.0.1"
    listen_port    = 0
  }
  forward_to = [pyroscope.write.x.receiver]
}
pyroscope.write "x" {
  endpoint { url = "http://${nobody}" }
}
`;

function described(): readonly string[] {
  const page = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
  return Array.from(page.matchAll(/^\| `(\w+)` \| (\w+) \| \S/gm), ([, name, type]) => `${name} ${type}`);
}

test('docs/metrics.md names every metric that is served, with its type, and no other', async (t) => {
  const pewter = await startPewter(config(`127.0.0.1:${await reservedPort()}`));
  t.after(() => pewter.stop());
  const text = await (await fetch(`${pewter.url}/metrics`)).text();
  const served = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name, type]) => `${name} ${type}`);
  assert.deepEqual(described().toSorted(), served.toSorted());
});
