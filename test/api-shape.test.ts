import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { type RunningServer, startServer } from '@pewter/server';
import { recordingLogger } from '@pewter/testkit';
import { servedPipeline } from '../packages/cli/src/run/served-pipeline.ts';
import { profileFixture } from './harness/files.ts';
import { type RecordingSink, startSink } from './harness/recording-sink.ts';
import { type RecordingTarget, startTarget } from './harness/recording-target.ts';
import { missing, referencePath } from './harness/reference.ts';
import {
  common,
  comparable,
  familiesOf,
  recordedAnswer,
  recordedJson,
  recordedPorts,
} from './harness/reference-api.ts';
import { startPipeline, type VirtualPipeline } from './harness/virtual-pipeline.ts';

/** What measures parts of the reference that are not here: its own build, its label store, remote storage, templates, Zookeeper, eBPF, remote configs. */
const ofOtherSystems =
  /^(alloy_build|alloy_labelstore|deprecated_flags|prometheus_(remote_storage|template|treecache)|pyroscope_ebpf|remotecfg)_/;

interface Compared {
  readonly localID: string;
  readonly debugInfo: readonly { readonly name: string }[];
}

/** Three targets, as the recorded service discovery listed them. */
function targetGroups(address: string): string {
  const groups = [0, 1, 2].map((n) => ({
    targets: [address],
    labels: { pod: `pod-${n}`, namespace: `ns-${n}`, __meta_app: `app-${n}` },
  }));
  return JSON.stringify(groups);
}

describe('the HTTP API answers as the reference for the same config', {
  skip: missing('api/config.alloy'),
}, () => {
  let discovery: RecordingTarget;
  let self: RecordingTarget;
  let sink: RecordingSink;
  let running: VirtualPipeline;
  let server: RunningServer;
  const ports: Record<number, number> = {};

  before(async () => {
    const profiles = new Map<string, Uint8Array>(
      await Promise.all(
        ['allocs', 'goroutine', 'mutex', 'profile'].map(
          async (name) => [`/debug/pprof/${name}`, await profileFixture(`go-${name}-1`)] as const,
        ),
      ),
    );
    const profile = (url: string) => {
      const body = profiles.get(url.replace(/\?.*/, ''));
      return body && { body };
    };
    self = await startTarget(({ url }) => profile(url));
    discovery = await startTarget(({ url }) =>
      url.startsWith('/sd')
        ? { contentType: 'application/json', body: targetGroups(discovery.address) }
        : profile(url),
    );
    sink = await startSink();
    const config = readFileSync(referencePath('api/config.alloy'), 'utf8');
    running = await startPipeline(
      config
        .replaceAll(`127.0.0.1:${recordedPorts.discovery}`, discovery.address)
        .replaceAll(`127.0.0.1:${recordedPorts.sink}`, sink.address)
        .replaceAll(`127.0.0.1:${recordedPorts.self}`, self.address),
    );
    const runtime = servedPipeline(running.pipeline, async () => ({ ok: true }));
    const { logger } = recordingLogger();
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      runtime,
      logger,
      nodeName: 'vm',
      readFile: (path) => readFileSync(path),
    });
    ports[discovery.port] = recordedPorts.discovery;
    ports[Number(sink.address.split(':')[1])] = recordedPorts.sink;
    ports[self.port] = recordedPorts.self;
    ports[server.port] = recordedPorts.self;
    // A retry has metrics of its own.
    sink.answer(503);
    const retried = async () => (await running.pipeline.metricsText()).includes('write_retries_total{');
    for (let n = 0; n < 60 && !(await retried()); n++) await running.pass(1_000);
    sink.answer(200);
    const scraped = () => new Set(sink.profiles.entries.map(({ labels }) => JSON.stringify(labels))).size;
    await running.until(() => scraped() >= 8);
    const state = () => JSON.stringify(running.pipeline.details('pyroscope.scrape.default')?.debugInfo);
    await running.until(() => !state().includes('"health":"unknown"'));
  });

  after(async () => {
    await server.close();
    await running.stop();
    await Promise.all([discovery.close(), self.close(), sink.close()]);
  });

  const json = async (path: string) => (await fetch(`${server.url}${path}`)).json();
  const same = <T extends Compared>(ours: T, theirs: T) =>
    assert.deepEqual(comparable(common(ours, theirs), ports), comparable(common(theirs, theirs)));

  test('the list of components', async () => {
    const ours = (await json('/api/v0/web/components')) as Compared[];
    const theirs = recordedJson<Compared[]>('components');
    assert.equal(ours.length, theirs.length);
    for (const one of theirs) {
      const own = ours.find(({ localID }) => localID === one.localID);
      assert.ok(own, one.localID);
      same(own, one);
    }
  });

  const ids = [
    'discovery.http.sd',
    'discovery.relabel.pods',
    'pyroscope.scrape.default',
    'pyroscope.write.local',
  ];
  for (const id of ids) {
    test(`the component ${id}`, async () => {
      same((await json(`/api/v0/web/components/${id}`)) as Compared, recordedJson(`component.${id}`));
    });
  }

  test('the peers', async () => {
    assert.deepEqual(comparable(await json('/api/v0/web/peers'), ports), comparable(recordedJson('peers')));
  });

  for (const [name, path] of [
    ['ready', '/-/ready'],
    ['healthy', '/-/healthy'],
    ['reload', '/-/reload'],
  ] as const) {
    test(`the answer of ${path}`, async () => {
      const answer = await fetch(`${server.url}${path}`, { method: name === 'reload' ? 'POST' : 'GET' });
      const type = answer.headers.get('content-type') ?? '';
      const body = (await answer.text()).trim().replace('pewter', 'Alloy');
      assert.deepEqual({ status: answer.status, type, body }, recordedAnswer(name));
    });
  }

  test('the metrics: names, types and labels', async () => {
    const ours = familiesOf(await (await fetch(`${server.url}/metrics`)).text());
    const theirs = familiesOf(readFileSync(referencePath('api/metrics.txt'), 'utf8'));
    for (const [name, { type, labels }] of theirs) {
      if (ofOtherSystems.test(name)) continue;
      assert.deepEqual({ name, ...ours.get(name) }, { name, type, labels });
    }
  });
});
