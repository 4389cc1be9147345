import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { profileFixture } from './harness/files.ts';
import { goService } from './harness/go-service.ts';
import { type Pewter, startPewter } from './harness/pewter.ts';
import { type PushedProfile, type RecordingSink, startSink } from './harness/recording-sink.ts';
import { type RecordingTarget, startTarget } from './harness/recording-target.ts';

const config = (target: string, sink: string) => `
pyroscope.scrape "go" {
  targets    = [{"__address__" = "${target}", "service_name" = "shop", "pod" = "shop-1", "__meta_zone" = "a"}]
  forward_to = [pyroscope.write.sink.receiver]

  scrape_interval = "2s"

  profiling_config {
    profile.fgprof {
      enabled = true
    }
    profile.custom "threads" {
      enabled = true
      path    = "/debug/pprof/threadcreate"
    }
  }
}

pyroscope.write "sink" {
  endpoint {
    url = "http://${sink}"
  }
  external_labels = {"cluster" = "test"}
}
`;

describe('profiles of a Go service', () => {
  let target: RecordingTarget;
  let sink: RecordingSink;
  let pewter: Pewter;
  const kinds = ['process_cpu', 'goroutine', 'fgprof', 'threads', 'memory', 'block', 'mutex'];
  const kindOf = (profile: PushedProfile) => profile.labels.__name__ ?? '';
  const pushed = (kind: string) => sink.profiles.entries.filter((profile) => kindOf(profile) === kind);

  before(async () => {
    target = await startTarget(await goService());
    sink = await startSink();
    pewter = await startPewter(config(target.address, sink.address));
    await sink.profiles.until(
      (all) => kinds.every((kind) => all.some((profile) => kindOf(profile) === kind)),
      `a profile of each kind (${kinds.join(', ')})`,
      20_000,
    );
  });
  after(async () => {
    await pewter?.stop();
    await target?.close();
    await sink?.close();
  });

  for (const [kind, fixture] of [
    ['process_cpu', 'go-profile-1'],
    ['goroutine', 'go-goroutine-1'],
    ['fgprof', 'go-fgprof-1'],
    ['threads', 'go-goroutine-1'],
  ] as const) {
    test(`of the kind ${kind} arrive byte for byte`, async () => {
      const bytes = Buffer.from(await profileFixture(fixture));
      assert.ok(pushed(kind).length > 0);
      for (const profile of pushed(kind))
        assert.ok(bytes.equals(profile.bytes), `${profile.bytes.length} bytes`);
    });
  }

  test('carry the labels that the reference sends, without internal ones', () => {
    const { labels } = pushed('process_cpu')[0] ?? {};
    const { 'otel.scope.name': scope, 'otel.scope.version': version, ...rest } = labels ?? {};
    assert.ok(scope && version, 'the name and version of the program that scraped');
    assert.deepEqual(rest, {
      __name__: 'process_cpu',
      cluster: 'test',
      instance: target.address,
      pod: 'shop-1',
      service_name: 'shop',
    });
  });

  for (const kind of ['memory', 'block', 'mutex']) {
    test(`of the cumulative kind ${kind} arrive as differences and say so`, () => {
      assert.equal(pushed(kind)[0]?.labels.__delta__, 'false');
    });
  }
});
