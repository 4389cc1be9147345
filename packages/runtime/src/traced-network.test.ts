import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { testOutside } from '@pewter/testkit';
import { Agent, type Dispatcher } from 'undici';
import { tracedNetwork } from './traced-network.ts';
import type { Span, SpanOptions, Tracer } from './tracer.ts';

type Ended = Parameters<Span['end']>[0];

/** A network that is traced, a server to ask, and what was told. */
async function traced(t: TestContext, tracing = true) {
  const told: { name: string; options: SpanOptions | undefined; ended: Ended[] }[] = [];
  const tracer: Tracer = {
    enabled: tracing,
    start(name, options) {
      if (!tracing) return assert.fail('nobody wants a span');
      const span = { name, options, ended: [] as Ended[] };
      told.push(span);
      return { headers: { traceparent: 'tp' }, end: (outcome) => void span.ended.push(outcome) };
    },
  };
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/missing' ? 404 : 200;
    response.end(JSON.stringify(request.headers));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const network = { ...testOutside().network, dispatcher: (options: Agent.Options) => new Agent(options) };
  const dispatcher = tracedNetwork(network, tracer, { component_id: 'c' }).dispatcher({});
  t.after(async () => {
    await dispatcher.close();
    server.close();
  });
  const ask = async (path: string, headers?: Dispatcher.DispatchOptions['headers']) => {
    const more = headers === undefined ? {} : { headers };
    const { body } = await dispatcher.request({
      origin,
      path,
      method: 'GET',
      ...more,
    } as Dispatcher.RequestOptions);
    return (await body.json()) as Readonly<Record<string, string>>;
  };
  return { told, ask, dispatcher, origin };
}

describe('a traced network', () => {
  test('tells of each request without its query, and how it ended', async (t) => {
    const { told, ask, origin } = await traced(t);
    await ask('/path?token=secret');
    await ask('/missing');
    assert.deepEqual(told[0], {
      name: 'GET',
      options: {
        kind: 'client',
        attributes: {
          'http.request.method': 'GET',
          'server.address': '127.0.0.1',
          'server.port': Number(new URL(origin).port),
          'url.scheme': 'http',
          'url.path': '/path',
          component_id: 'c',
        },
      },
      ended: [{ attributes: { 'http.response.status_code': 200 } }],
    });
    assert.deepEqual(told[1]?.ended, [
      { error: 'status 404', attributes: { 'http.response.status_code': 404 } },
    ]);
  });

  test('adds what the span carries on to headers of every form', async (t) => {
    const { ask } = await traced(t);
    const forms: Dispatcher.DispatchOptions['headers'][] = [
      undefined,
      null,
      { a: 'b' },
      ['a', 'b'],
      new Map([['a', 'b']]),
    ];
    for (const headers of forms) {
      const seen = await ask('/', headers);
      assert.equal(seen.traceparent, 'tp');
      if (headers !== undefined && headers !== null) assert.equal(seen.a, 'b');
    }
  });

  test('tells of a request that got no answer', async (t) => {
    const { told, dispatcher } = await traced(t);
    await assert.rejects(dispatcher.request({ origin: 'http://127.0.0.1:1', path: '/', method: 'GET' }));
    assert.match(told[0]?.ended[0]?.error ?? '', /ECONNREFUSED/);
    assert.equal(told[0]?.ended.length, 1);
  });

  test('leaves requests alone while nobody wants spans', async (t) => {
    const { ask } = await traced(t, false);
    assert.equal((await ask('/', { a: 'b' })).traceparent, undefined);
  });
});
