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

  test('answers probes, shows what it has seen, and knows nothing else', () =>
    withSink(async ({ sink }) => {
      await client(sink).push(pushOf(cpuProfile({ parse: 1 })));
      assert.equal((await fetch(`${sink.url}/ready`)).status, 200);
      assert.match(await (await fetch(sink.url)).text(), /received 1 profiles/);
      assert.equal((await fetch(`${sink.url}/constructor`)).status, 404);
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
