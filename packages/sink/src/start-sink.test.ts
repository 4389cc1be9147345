import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { PusherService, PushRequestSchema } from '@pewter/pyroscope/protocol';
import { cpuProfile } from './fixtures.test-help.ts';
import type { ReceivedProfile } from './received-profile.ts';
import { type Sink, type SinkOptions, startSink } from './start-sink.ts';

const labels = [
  { name: '__name__', value: 'process_cpu' },
  { name: 'service_name', value: 'shop' },
];

interface Running {
  readonly sink: Sink;
  readonly received: ReceivedProfile[];
  readonly warnings: object[];
}

async function withSink(check: (running: Running) => Promise<void>, options: Partial<SinkOptions> = {}) {
  const received: ReceivedProfile[] = [];
  const warnings: object[] = [];
  const logger = { warn: (fields: object) => warnings.push(fields) };
  const onProfile = (profile: ReceivedProfile) => received.push(profile);
  const sink = await startSink({ host: '127.0.0.1', port: 0, logger, onProfile, ...options });
  try {
    await check({ sink, received, warnings });
  } finally {
    await sink.close();
  }
}

function client(sink: Sink, useBinaryFormat = true) {
  return createClient(
    PusherService,
    createConnectTransport({ baseUrl: sink.url, httpVersion: '1.1', useBinaryFormat }),
  );
}

const pushOf = (...profiles: Uint8Array[]) => ({
  series: [{ labels, samples: profiles.map((rawProfile) => ({ rawProfile, ID: 'a' })) }],
});

describe('a sink', () => {
  for (const [form, binary] of [
    ['protobuf', true],
    ['JSON', false],
  ] as const) {
    test(`takes a push in ${form}`, () =>
      withSink(async ({ sink, received }) => {
        const profile = cpuProfile({ parse: 70, render: 30 });
        await client(sink, binary).push(pushOf(profile));
        assert.equal(received.length, 1);
        assert.deepEqual(received[0]?.labels, { __name__: 'process_cpu', service_name: 'shop' });
        assert.deepEqual(Buffer.from(received[0]?.bytes ?? []), Buffer.from(profile));
        assert.equal(received[0]?.id, 'a');
      }));
  }

  test('takes a compressed request', () =>
    withSink(async ({ sink, received }) => {
      const message = create(PushRequestSchema, pushOf(cpuProfile({ parse: 1 })));
      const response = await fetch(`${sink.url}/push.v1.PusherService/Push`, {
        method: 'POST',
        headers: { 'content-type': 'application/proto', 'content-encoding': 'gzip' },
        body: gzipSync(toBinary(PushRequestSchema, message)),
      });
      assert.equal(response.status, 200);
      assert.equal(received.length, 1);
    }));

  test('refuses a push with a broken profile, says which, and keeps nothing of it', () =>
    withSink(async ({ sink, received, warnings }) => {
      const push = client(sink).push(pushOf(cpuProfile({ parse: 1 }), Buffer.from('<html>no</html>')));
      await assert.rejects(push, (error) => {
        assert.equal(ConnectError.from(error).code, Code.InvalidArgument);
        assert.match(ConnectError.from(error).message, /shop\/process_cpu: .*HTML/);
        return true;
      });
      assert.deepEqual(received, []);
      assert.equal(warnings.length, 1);
      assert.equal(sink.counts.refused, 1);
    }));

  test('refuses a body above its limit', () =>
    withSink(
      async ({ sink, received }) => {
        const push = client(sink).push(pushOf(new Uint8Array(5000)));
        await assert.rejects(push, (error) => ConnectError.from(error).code === Code.ResourceExhausted);
        assert.deepEqual(received, []);
      },
      { maxBytes: 1000 },
    ));

  test('answers probes, and knows nothing else', () =>
    withSink(async ({ sink }) => {
      assert.equal((await fetch(`${sink.url}/ready`)).status, 200);
      assert.equal((await fetch(`${sink.url}/constructor`)).status, 404);
      assert.equal((await fetch(`${sink.url}/api/series`, { method: 'DELETE' })).status, 405);
    }));

  test('takes a push over HTTP/2 without TLS', () =>
    withSink(async ({ sink, received }) => {
      const transport = createConnectTransport({ baseUrl: sink.url, httpVersion: '2' });
      await createClient(PusherService, transport).push(pushOf(cpuProfile({ parse: 1 })));
      assert.equal(received.length, 1);
    }));

  const post = (sink: Sink, query: string, body: NonNullable<RequestInit['body']>) =>
    fetch(`${sink.url}/ingest?${query}`, { method: 'POST', body });

  test('takes what SDKs send to /ingest: a pprof, a form with one, folded stacks', () =>
    withSink(async ({ sink, received }) => {
      const pprof = new Uint8Array(cpuProfile({ parse: 1 }));
      const form = new FormData();
      form.set('profile', new Blob([pprof]), 'profile.pprof');
      assert.equal((await post(sink, 'name=app%7Benv%3Da%7D&format=pprof', pprof)).status, 200);
      assert.equal((await post(sink, 'name=app', form)).status, 200);
      assert.equal(
        (await post(sink, 'name=app&format=folded&units=samples', 'main;work 7\nmain 1\n')).status,
        200,
      );
      assert.deepEqual(received[0]?.labels, { __name__: 'process_cpu', env: 'a', service_name: 'app' });
      assert.deepEqual(
        received.map(({ profile }) => profile.sample.length),
        [1, 1, 2],
      );
    }));

  test('refuses an /ingest that it cannot read, and says why', () =>
    withSink(
      async ({ sink, received, warnings }) => {
        const refused = async (query: string, body: NonNullable<RequestInit['body']>) => {
          const answer = await post(sink, query, body);
          return `${answer.status} ${await answer.text()}`;
        };
        assert.match(await refused('', 'x'), /^400 .*name/);
        assert.match(await refused('name=app', '<html>'), /^400 /);
        assert.match(await refused('name=app&format=jfr', 'x'), /^415 .*jfr/);
        assert.match(await refused('name=app', new Uint8Array(20_000)), /^413 /);
        assert.deepEqual([received, warnings.length], [[], 4]);
      },
      { maxBytes: 10_000 },
    ));

  test('gives what it keeps: series, profiles, the merged flame graph, the profile as it came', () =>
    withSink(async ({ sink }) => {
      const first = cpuProfile({ parse: 70, render: 30 });
      await client(sink).push(pushOf(first, cpuProfile({ parse: 30 })));
      const ask = async (path: string) => JSON.parse(await (await fetch(sink.url + path)).text());
      const [series] = (await ask('/api/series')) as {
        id: number;
        labels: object;
        types: string[];
        profiles: number;
      }[];
      assert.deepEqual(series?.labels, { __name__: 'process_cpu', service_name: 'shop' });
      assert.deepEqual([series?.types, series?.profiles], [['cpu/nanoseconds'], 2]);
      const merged = await ask(`/api/flame?series=${series?.id}&type=cpu/nanoseconds`);
      assert.equal(merged.profiles, 2);
      assert.deepEqual(
        merged.tree.children.map(({ name, value }: { name: string; value: number }) => [name, value / 1e6]),
        [
          ['parse', 100],
          ['render', 30],
        ],
      );
      const listed = (await ask(`/api/profiles?series=${series?.id}`)) as { id: number }[];
      assert.equal(listed.length, 2);
      const raw = await fetch(`${sink.url}/api/raw?profile=${listed.at(-1)?.id}`);
      assert.deepEqual(Buffer.from(await raw.arrayBuffer()), Buffer.from(first));
      assert.equal((await fetch(`${sink.url}/api/raw?profile=99`)).status, 404);
      assert.deepEqual(await ask('/api/profiles?series=no'), []);
    }));

  test('lets nothing but its own script run in its page', () =>
    withSink(async ({ sink }) => {
      const page = await fetch(sink.url);
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /default-src 'none'; script-src 'self'/,
      );
      assert.doesNotMatch(await page.text(), /https?:\/\//);
    }));

  test('says which error keeps it from listening', () =>
    withSink(async ({ sink }) => {
      const second = startSink({ host: '127.0.0.1', port: sink.port, onProfile() {}, logger: { warn() {} } });
      await assert.rejects(second, { code: 'EADDRINUSE' });
    }));

  test('closes although a connection idles', () =>
    withSink(async ({ sink }) => {
      const socket = connect(sink.port, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      await sink.close();
      await sink.close();
      await assert.rejects(fetch(sink.url));
      socket.destroy();
    }));
});
