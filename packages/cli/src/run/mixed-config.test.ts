import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const anyPort = '--server.http.listen-addr=127.0.0.1:0';
const mixed = `
logging {
  write_to = [loki.write.logs.receiver]
}
discovery.kubernetes "pods" {
  role       = "pod"
  api_server = "http://127.0.0.1:1"
}
prometheus.scrape "pods" {
  targets    = discovery.kubernetes.pods.targets
  forward_to = []
}
loki.write "logs" {
  endpoint {
    url = "http://127.0.0.1:1"
  }
}
discovery.azure "vms" {
  oauth {
    client_id     = "a"
    tenant_id     = "b"
    client_secret = "c"
  }
}
pyroscope.scrape "azure" {
  targets    = discovery.azure.vms.targets
  forward_to = [pyroscope.write.default.receiver]
}
pyroscope.scrape "pods" {
  targets    = discovery.kubernetes.pods.targets
  forward_to = [pyroscope.write.default.receiver]
}
pyroscope.write "default" {
  endpoint {
    url = "http://127.0.0.1:1"
  }
}
`;

describe('a config that is not for profiles alone', () => {
  test('is refused, with the place of everything that does not run and what to do', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': mixed });
    const host = new TestHost();
    assert.equal(await runProgram(['run', anyPort, join(folder, 'a.alloy')], host), 1);
    for (const line of [9, 13, 18])
      assert.match(host.err, new RegExp(`code=E0202 file=\\S+a\\.alloy line=${line} column=1 `));
    assert.match(host.err, /--unsupported=skip/);
    assert.match(host.err, /was not loaded: 3 errors"\n$/);
  });

  test('runs with --unsupported=skip as far as it is about profiles', async (t) => {
    const folder = await temporaryFolder(t, { 'a.alloy': mixed });
    const host = new TestHost();
    const args = ['run', '--unsupported=skip', anyPort, '--storage.path', folder, join(folder, 'a.alloy')];
    const running = runProgram(args, host);
    const url = await host.written(/http:\/\/127\.0\.0\.1:\d+(?=\n)/);
    const list = (await (await fetch(`${url}/api/v0/web/components`)).json()) as {
      localID: string;
      health: { state: string; message: string };
    }[];
    const states = Object.fromEntries(list.map(({ localID, health }) => [localID, health.message]));
    assert.equal(states['pyroscope.scrape.pods'], 'started component');
    assert.equal(states['pyroscope.write.default'], 'started component');
    assert.match(states['prometheus.scrape.pods'] ?? '', /^not implemented here/);
    assert.match(states['pyroscope.scrape.azure'] ?? '', /^skipped: it depends on `discovery\.azure\.vms`/);
    const one = (await (await fetch(`${url}/api/v0/web/components/loki.write.logs`)).json()) as {
      exports: unknown;
    };
    assert.deepEqual(one.exports, []);
    assert.match(
      await (await fetch(`${url}/metrics`)).text(),
      /pewter_skipped_components\{[^}]*loki\.write\.logs/,
    );
    host.send('SIGTERM');
    assert.equal(await running, 0);
  });

  test('names community components only where these are enabled', async (t) => {
    const text = 'otelcol.exporter.datadog "x" {\n\tapi {\n\t\tapi_key = "k"\n\t}\n}\n';
    const folder = await temporaryFolder(t, { 'a.alloy': text });
    const args = ['run', anyPort, '--unsupported=skip', '--storage.path', folder];
    const without = new TestHost();
    assert.equal(await runProgram([...args, folder], without), 1);
    assert.match(without.err, /community component.*not enabled/);
    const enabled = new TestHost();
    const running = runProgram([...args, '--feature.community-components.enabled=true', folder], enabled);
    await enabled.written(/HTTP API listens/);
    enabled.send('SIGTERM');
    assert.equal(await running, 0);
  });
});
