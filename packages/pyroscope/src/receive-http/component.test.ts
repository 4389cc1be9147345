import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import { realListen } from '@pewter/runtime/running';
import { RecordingSink, reservedPort, testContext, VirtualClock } from '@pewter/testkit';
import { decodeText, good } from '../decode.test-help.ts';
import { PushRequestSchema } from '../gen/push/v1/push_pb.ts';
import { fixture } from '../reference.test-help.ts';
import { TestPipeline } from '../test-pipeline.test-help.ts';
import { receiveHttpArguments } from './arguments.ts';
import { build } from './component.ts';

const pushPath = '/push.v1.PusherService/Push';

function holdPort() {
  const limits = { maxConnections: 0, readTimeoutMs: 0, idleTimeoutMs: 0 };
  const nobody = () => Promise.reject(new Error('nobody is here'));
  return realListen({ host: '127.0.0.1', port: 0, ...limits }, nobody);
}

function configOf(port: number, url: string, http = ''): string {
  return `pyroscope.receive_http "in" {
  http {
    listen_address = "127.0.0.1"
    listen_port = ${port}
    ${http}
  }
  forward_to = [pyroscope.write.out.receiver]
}
pyroscope.write "out" {
  endpoint {
    url = "${url}"
    max_backoff_retries = 1
  }
}\n`;
}

/** A receiver before a sink. */
async function receiving(t: TestContext) {
  const sink = await RecordingSink.start();
  const pipeline = new TestPipeline(new VirtualClock());
  t.after(async () => {
    await pipeline.stop();
    await sink.close();
  });
  const port = await reservedPort();
  const { ok, diagnostics } = await pipeline.load(configOf(port, sink.url));
  assert.ok(ok, diagnostics.map(({ message }) => message).join('\n'));
  pipeline.pipeline.start();
  const base = `http://127.0.0.1:${port}`;
  await listens(base);
  const post = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
    fetch(base + path, {
      method: 'POST',
      body: Buffer.from(body),
      headers: { connection: 'close', ...headers },
    });
  return { sink, pipeline, port, base, post };
}

async function listens(base: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await fetch(base, { headers: { connection: 'close' } }).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail('it does not listen');
}

function healthOf(test: TestPipeline) {
  return test.pipeline.components().find(({ localId }) => localId === 'pyroscope.receive_http.in')?.health;
}

const bytes = fixture('go-goroutine-1');
const proto = { 'content-type': 'application/proto' };
const pushOf = (labels: Readonly<Record<string, string>>) =>
  toBinary(
    PushRequestSchema,
    create(PushRequestSchema, {
      series: [
        {
          labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
          samples: [{ rawProfile: new Uint8Array(bytes), ID: 'one' }],
        },
      ],
    }),
  );

describe('a push to pyroscope.receive_http', () => {
  test('goes on with its labels, its id and its bytes', async (t) => {
    const { post, sink } = await receiving(t);
    const answer = await post(pushPath, pushOf({ __name__: 'cpu', a: '1', __other__: 'x' }), proto);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/proto');
    const labels = { __name__: 'cpu', a: '1', service_name: 'cpu' };
    assert.deepEqual(
      sink.profiles.map((one) => ({ ...one, bytes: Buffer.from(one.bytes) })),
      [{ labels, id: 'one', bytes }],
    );
  });

  test('that is bad, or does not go on, is logged with who sent it and what', async (t) => {
    const { post, sink, pipeline } = await receiving(t);
    await post(pushPath, 'no message', proto);
    await post(pushPath, '{}', { 'content-type': 'text/plain' });
    await post('/ingest?name=shop%7Ba', 'x');
    sink.fail({ status: 400, headers: {}, body: 'bad' }, { status: 400, headers: {}, body: 'bad' });
    await post(pushPath, pushOf({ service_name: 'cart', ['x'.repeat(999)]: '1' }), proto);
    await post('/ingest?name=kiosk', 'x');
    const told = pipeline.lines.filter((line) => line.includes('client=127.0.0.1'));
    const [unread = '', type = '', name = '', push = '', ingest = ''] = told;
    assert.match(unread, /push request refused.* err="the body is no push\.v1\.PushRequest"/);
    assert.match(type, /status=415/);
    assert.match(name, /app="?shop\{a/);
    assert.match(push, /app="?\{.*service_name=.*cart/);
    assert.ok(push.length < 1500, 'whatever was sent');
    assert.match(ingest, /app="?kiosk/);
  });

  test('may be gzipped', async (t) => {
    const { post, sink } = await receiving(t);
    const headers = { ...proto, 'content-encoding': 'gzip' };
    const answer = await post(pushPath, gzipSync(pushOf({ service_name: 's' })), headers);
    assert.equal(answer.status, 200);
    assert.equal(sink.profiles.length, 1);
  });

  test('may be JSON', async (t) => {
    const { post, sink } = await receiving(t);
    const labels = [{ name: 'service_name', value: 'j' }];
    const body = { series: [{ labels, samples: [{ rawProfile: 'AQID', ID: 'x' }] }] };
    const answer = await post(pushPath, JSON.stringify(body), { 'content-type': 'application/json' });
    assert.equal(await answer.text(), '{}');
    assert.deepEqual([...(sink.profiles[0]?.bytes ?? [])], [1, 2, 3]);
  });

  test('keeps the name as app_name beside a service_name', async (t) => {
    const { post, sink } = await receiving(t);
    await post(pushPath, pushOf({ __name__: 'cpu', service_name: 's' }), proto);
    assert.deepEqual(sink.profiles[0]?.labels, { __name__: 'cpu', app_name: 'cpu', service_name: 's' });
  });

  test('is answered with internal when the server behind fails', async (t) => {
    const { post, sink } = await receiving(t);
    sink.failAlways({ status: 401 });
    const answer = await post(pushPath, pushOf({ service_name: 's' }), proto);
    assert.equal(answer.status, 500);
    assert.equal(JSON.parse(await answer.text()).code, 'internal');
  });

  test('without a service or with a label that no server takes is not sent on', async (t) => {
    const { post, sink } = await receiving(t);
    assert.equal((await post(pushPath, pushOf({}), proto)).status, 500);
    const answer = await post(pushPath, pushOf({ service_name: 's', 'bad-name': '1' }), proto);
    assert.match(await answer.text(), /bad-name/);
    assert.equal(sink.pushes.length, 0);
  });

  test('without a service goes on so: servers call it unspecified', async (t) => {
    const { post, sink } = await receiving(t);
    assert.equal((await post(pushPath, pushOf({ a: 'b' }), proto)).status, 200);
    assert.deepEqual(sink.profiles[0]?.labels, { a: 'b' });
  });

  test('is answered within the time that its client gives, and goes on', async (t) => {
    const { pipeline, port, post, sink } = await receiving(t);
    await pipeline.load(configOf(port, sink.url).replace('retries = 1', 'retries = 0'));
    sink.failAlways({ status: 503 });
    const waiting = post(pushPath, pushOf({ service_name: 's' }), { ...proto, 'connect-timeout-ms': '1000' });
    await sink.arrived(1);
    await pipeline.advance(1000);
    const answer = await waiting;
    assert.equal(answer.status, 500);
    assert.match(await answer.text(), /not delivered within .*client/);
    sink.failAlways();
    await pipeline.advance(10_000);
    assert.equal(sink.profiles.length, 1);
  });

  test('of another version of the protocol is wrong', async (t) => {
    const { post, sink } = await receiving(t);
    const headers = { ...proto, 'connect-protocol-version': '2' };
    const answer = await post(pushPath, pushOf({ service_name: 's' }), headers);
    assert.equal(answer.status, 400);
    assert.equal(JSON.parse(await answer.text()).code, 'invalid_argument');
    assert.equal(sink.pushes.length, 0);
  });

  for (const [name, path, body, type, status] of [
    ['that is no message', pushPath, '\xff\xff\xff', 'application/proto', 400],
    ['of another content type', pushPath, 'x', 'text/plain', 415],
    ['to another path', '/nothing', 'x', 'text/plain', 404],
  ] as const)
    test(`${name} is answered with ${status}`, async (t) => {
      const { post } = await receiving(t);
      assert.equal((await post(path, body, { 'content-type': type })).status, status);
    });
});

describe('an ingest request', () => {
  test('goes on as it came, with its labels in the name', async (t) => {
    const { post, sink } = await receiving(t);
    const type = 'multipart/form-data; boundary=xx';
    const path = '/ingest?name=app.cpu%7Bregion%3Deu%7D&from=17&until=18&format=pprof&spyName=nodespy';
    const answer = await post(path, 'no protobuf', { 'content-type': type });
    assert.equal(answer.status, 200);
    const [sent] = sink.pushes;
    const query = 'format=pprof&from=17&name=app.cpu%7Bregion%3Deu%2Cservice_name%3Dapp.cpu%7D';
    assert.equal(sent?.path, `/ingest?${query}&spyName=nodespy&until=18`);
    assert.equal(sent?.headers['content-type'], type);
    assert.equal(Buffer.from(sent?.body ?? []).toString(), 'no protobuf');
  });

  test('keeps labels that are internal, and what its query says to a server in Go', async (t) => {
    const { post, sink } = await receiving(t);
    await post('/%69ngest?name=app%7B__session_id__%3Dx%7D&bad=%zz&a=1;b=2&from=1', bytes);
    const name = 'app%7B__session_id__%3Dx%2Cservice_name%3Dapp%7D';
    assert.equal(sink.pushes[0]?.path, `/ingest?from=1&name=${name}`);
  });

  test('is named for its service before external labels are put over it', async (t) => {
    const { pipeline, port, post, sink } = await receiving(t);
    const external = 'external_labels = {"service_name" = "ours", "zone" = "z"}';
    const config = configOf(port, sink.url).replace('endpoint {', `${external}\n endpoint {`);
    assert.ok((await pipeline.load(config)).ok);
    await post('/ingest?name=app%7Bservice_name%3Dshop%7D', bytes);
    const name = 'shop%7Bapp_name%3Dapp%2Cservice_name%3Dours%2Czone%3Dz%7D';
    assert.equal(sink.pushes[0]?.path, `/ingest?name=${name}`);
  });

  for (const status of [304, 400, 401, 404, 413, 422, 429, 500, 503])
    test(`is answered with ${status} where the server behind answers so`, async (t) => {
      const { post, sink } = await receiving(t);
      sink.failAlways({ status });
      assert.equal((await post('/ingest?name=app', bytes)).status, status);
    });

  for (const query of [
    '',
    '?name=',
    '?name=app%7Bbroken',
    '?name=app%7Bbad-label%3Dx%7D',
    '?name=%7Ba%3Db%7D',
    '?name=a%2Bb',
    '?x=1&name=app;y=2',
  ])
    test(`without a good name is wrong: ${query}`, async (t) => {
      const { post, sink } = await receiving(t);
      assert.equal((await post(`/ingest${query}`, bytes)).status, 400);
      assert.equal(sink.pushes.length, 0);
    });

  test('larger than the limit is refused', async (t) => {
    const { post, sink } = await receiving(t);
    const packed = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    const answer = await post('/ingest?name=app', packed, { 'content-encoding': 'gzip' });
    assert.equal(answer.status, 413);
    assert.equal(sink.pushes.length, 0);
  });
});

describe('the server of pyroscope.receive_http', () => {
  test('whose port is taken is unhealthy, says why, and listens once the port is free', async (t) => {
    const held = await holdPort();
    const port = Number(held.address.split(':')[1]);
    const pipeline = new TestPipeline(new VirtualClock());
    t.after(() => pipeline.stop());
    await pipeline.load(configOf(port, 'http://127.0.0.1:1'));
    pipeline.pipeline.start();
    for (let tries = 0; tries < 100 && healthOf(pipeline)?.state !== 'unhealthy'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.match(healthOf(pipeline)?.message ?? '', /^cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    await held.close(AbortSignal.abort());
    await pipeline.advance(6_000);
    await listens(`http://127.0.0.1:${port}`);
    assert.equal(healthOf(pipeline)?.state, 'healthy');
  });

  test('moves to another port when the config says so', async (t) => {
    const { pipeline, sink } = await receiving(t);
    const port = await reservedPort();
    const { ok } = await pipeline.load(configOf(port, sink.url));
    assert.ok(ok);
    await listens(`http://127.0.0.1:${port}`);
  });

  test('sends to the new URL after a reload, and stays where it listens', async (t) => {
    const { pipeline, port, post, sink } = await receiving(t);
    const other = await RecordingSink.start();
    t.after(() => other.close());
    await pipeline.load(configOf(port, other.url));
    assert.equal((await post('/ingest?name=app', bytes)).status, 200);
    assert.deepEqual([sink.pushes.length, other.pushes.length], [0, 1]);
  });

  test('tells how many connections it has, and how many it takes', async (t) => {
    const { pipeline, port } = await receiving(t);
    const gauges = async () => {
      const text = await pipeline.pipeline.metricsText();
      const lines = text.matchAll(
        /^pyroscope_receive_http_tcp_connections\w*\{.*protocol="http".*\} (\d+)$/gm,
      );
      return [...lines].map(([, value]) => Number(value));
    };
    const settled = async (wanted: readonly number[]) => {
      for (let tries = 0; tries < 200 && String(await gauges()) !== String(wanted); tries++)
        await new Promise((resolve) => setTimeout(resolve, 5));
      assert.deepEqual(await gauges(), wanted);
    };
    await settled([0, 16_384]);
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    await settled([1, 16_384]);
    socket.destroy();
    await settled([0, 16_384]);
  });

  test('with a port that is none is refused when the config is loaded', async () => {
    const { diagnostics } = await new TestPipeline(new VirtualClock()).load(configOf(80_800, 'http://h'));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['E0517'],
    );
  });

  test('with a tls block that cannot be kept is refused, not served without it', async () => {
    const tls = 'tls {\n cert_pem = "c"\n key_pem = "k"\n client_auth_type = "RequireAnyClientCert"\n }';
    const pipeline = new TestPipeline(new VirtualClock());
    const { diagnostics } = await pipeline.load(configOf(8080, 'http://h', tls));
    assert.match(diagnostics.map(({ message }) => message).join(), /RequireAnyClientCert/);
  });

  test('with a certificate that cannot be read, or is none, is refused when the config is loaded', async () => {
    for (const [tls, reason] of [
      ['cert_file = "/none.pem"\n key_file = "/none.key"', /no such file/],
      ['cert_pem = "c"\n key_pem = "k"', /PEM/i],
    ] as const) {
      const pipeline = new TestPipeline(new VirtualClock());
      const { ok, diagnostics } = await pipeline.load(configOf(8080, 'http://h', `tls {\n ${tls}\n }`));
      assert.equal(ok, false);
      assert.match(diagnostics.map(({ message }) => message).join(), reason);
    }
  });

  test('with a tls block without a certificate loads, and the log says that there is no TLS', async () => {
    const pipeline = new TestPipeline(new VirtualClock());
    const { ok } = await pipeline.load(
      configOf(8080, 'http://h', 'tls {\n min_version = "VersionTLS12"\n }'),
    );
    assert.ok(ok);
    assert.match(pipeline.lines.join(), /without TLS/);
  });
});

describe('a receiver whose profiles find no room behind it', () => {
  test('tells its clients to come back later, and counts under the names of the reference', async (t) => {
    const port = await reservedPort();
    const context = testContext();
    const forwarded = {
      append: async () =>
        ({ delivered: false, reason: 'dropped: the queue is full', overloaded: true }) as const,
    };
    const text = `http {\n listen_address = "127.0.0.1"\n listen_port = ${port}\n}\nforward_to = []`;
    const args = { ...good(decodeText(text, receiveHttpArguments)), forward_to: [forwarded] };
    const component = build(context, args);
    const ending = new AbortController();
    const running = component.run(ending.signal);
    t.after(async () => {
      ending.abort();
      await running;
    });
    const base = `http://127.0.0.1:${port}`;
    await listens(base);
    const post = (path: string, body: string, type: string) =>
      fetch(base + path, { method: 'POST', body, headers: { connection: 'close', 'content-type': type } });
    const ingest = await post('/ingest?name=app', 'x', 'text/plain');
    assert.deepEqual([ingest.status, ingest.headers.get('retry-after')], [503, '5']);
    const labels = [{ name: 'service_name', value: 'app' }];
    const push = await post(
      pushPath,
      JSON.stringify({ series: [{ labels, samples: [{ rawProfile: 'eA==' }] }] }),
      'application/json',
    );
    assert.deepEqual([push.status, push.headers.get('retry-after')], [503, '5']);
    assert.equal(JSON.parse(await push.text()).code, 'unavailable');
    const metrics = await context.metrics.metrics();
    assert.match(
      metrics,
      /pyroscope_receive_http_request_duration_seconds_count\{method="POST",route="ingest",status_code="503",ws="false"\} 1/,
    );
    assert.match(
      metrics,
      /pyroscope_receive_http_inflight_requests\{method="POST",route="push_v1_pusherservice_push"\} 0/,
    );
    assert.match(
      metrics,
      /pyroscope_receive_http_request_message_bytes_sum\{method="POST",route="ingest"\} 1/,
    );
  });
});
