import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { discoveryComponents } from '@pewter/discovery';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { registryOf } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { FakeNetwork, type FakeReply, testOutside } from '@pewter/testkit';
import { profileFixture } from './harness/files.ts';

const targetCount = 500;
const reloads = 1_000;

/** One of 20 configs: they share targets and components, and differ in what they keep, how often and where to. */
function config(n: number): string {
  const module = n % 4 === 0 ? `module "m" {\n to = [pyroscope.write.out.receiver]\n}` : '';
  return `
discovery.http "sd" {
  url = "http://sd.test/${n % 3 === 0 ? 'all' : 'half'}"
  refresh_interval = "${(n % 5) + 5}s"
}
discovery.relabel "kept" {
  targets = discovery.http.sd.targets
  rule {
    source_labels = ["shard"]
    regex         = "[0-${5 + (n % 5)}]"
    action        = "keep"
  }
  rule {
    target_label = "service_name"
    replacement  = "service-${n % 2}"
  }
}
declare "module" {
  argument "to" { }
  pyroscope.relabel "r" {
    forward_to = argument.to.value
    rule {
      target_label = "module"
      replacement  = "yes"
    }
  }
  ${scrape('inner', '[{"__address__" = "inner.test:80", "service_name" = "inner"}]', '[pyroscope.relabel.r.receiver]', 15)}
}
${module}
foreach "each" {
  collection = ["a", "b", "${n % 7}"]
  var        = "item"
  template {
    ${scrape('s', '[{"__address__" = item + ".test:80", "service_name" = item}]', '[pyroscope.write.out.receiver]', 15)}
  }
}
${scrape('all', 'discovery.relabel.kept.output', '[pyroscope.write.out.receiver]', n % 6 === 0 ? 10 : 15)}
pyroscope.write "out" {
  endpoint {
    url = "http://sink${n % 2}.test"
  }
}
${n % 10 === 9 ? 'pyroscope.scrape "broken" {\n targets = nothing.here\n forward_to = []\n}' : ''}`;
}

/** A scrape of one cheap profile type, so that time goes into what is tested. */
function scrape(label: string, targets: string, to: string, seconds: number): string {
  const off = [
    'memory',
    'mutex',
    'block',
    'process_cpu',
    'fgprof',
    'godeltaprof_memory',
    'godeltaprof_mutex',
  ];
  return `pyroscope.scrape "${label}" {
  targets         = ${targets}
  forward_to      = ${to}
  scrape_interval = "${seconds}s"
  profiling_config {
    ${off.map((name) => `profile.${name} {\n enabled = false\n }`).join('\n    ')}
  }
}`;
}

function groups(count: number): FakeReply {
  const all = Array.from({ length: count }, (_, n) => ({
    targets: [`target${n}.test:80`],
    labels: { shard: String(n % 10), instance_id: String(n) },
  }));
  return { contentType: 'application/json', body: new TextEncoder().encode(JSON.stringify(all)) };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Bytes in use, after all that nothing holds is gone. */
async function heapUsed(): Promise<number> {
  for (let n = 0; n < 3; n++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

describe('a pipeline of 500 targets over a long time', () => {
  test('1,000 reloads among 20 configs leave nothing behind, and memory stays flat', {
    timeout: 300_000,
  }, async (t) => {
    const profile = { contentType: 'application/octet-stream', body: await profileFixture('go-goroutine-1') };
    const accepted = { contentType: 'application/proto', body: new Uint8Array() };
    const replies = new Map([
      ['http://sd.test/all', groups(targetCount)],
      ['http://sd.test/half', groups(targetCount / 2)],
    ]);
    const network = new FakeNetwork(
      (url) => replies.get(url) ?? (url.includes('/push.v1.') ? accepted : profile),
    );
    const outside = testOutside({ network });
    const { clock } = outside;
    const pipeline = new Pipeline({
      outside,
      registry: registryOf([...discoveryComponents, ...pyroscopeComponents]),
      stability: 'experimental',
      logs: createLogger({ clock, destination: { write: () => {} } }),
      storagePath: '/nonexistent',
    });
    const unhandled: unknown[] = [];
    const note = (thrown: unknown) => unhandled.push(thrown);
    process.on('unhandledRejection', note);
    const resources = process.getActiveResourcesInfo().length;

    let seed = 7;
    const play = async (count: number) => {
      for (let n = 0; n < count; n++) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        const reloading = pipeline.reload([new SourceFile('config.alloy', config(seed % 20))]);
        await clock.advance(600);
        await reloading;
      }
    };
    await play(1);
    pipeline.start();
    await play(reloads / 4);
    const early = await heapUsed();
    await play((reloads * 3) / 4);
    const late = await heapUsed();
    t.diagnostic(
      `${network.answered} requests; ${(early / 2 ** 20).toFixed(1)} MiB early, ${(late / 2 ** 20).toFixed(1)} MiB late`,
    );
    assert.ok(network.answered > reloads, 'targets were scraped');
    assert.ok(late - early < 8 * 2 ** 20, `${early} bytes became ${late}`);

    const stopping = pipeline.stop();
    await clock.advance(60_000);
    assert.deepEqual(await stopping, []);
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    assert.equal(clock.pending, 0, 'timers');
    assert.equal(network.open, 0, 'connection pools');
    assert.equal(outside.files.watching, 0, 'watches');
    assert.ok(process.getActiveResourcesInfo().length <= resources, 'sockets, listeners, real timers');
  });
});
