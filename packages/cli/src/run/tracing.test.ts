import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { TestHost } from '../host.test-help.ts';
import { runProgram } from '../program.ts';
import { temporaryFolder } from '../temporary-folder.test-help.ts';

const profile = readFileSync(join(import.meta.dirname, '../../../../fixtures/profiles/go-allocs-1.pb.gz'));

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A server that is target, push endpoint and collector in one. */
async function world(t: TestContext) {
  const spans: SentSpan[] = [];
  const traceparents = { scraped: new Set<string>(), pushed: new Set<string>() };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const note = (headers: IncomingHttpHeaders, to: Set<string>) => to.add(String(headers.traceparent));
    if (pathname === '/v1/traces') {
      const body = (await json(request)) as {
        resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
      };
      for (const one of body.resourceSpans.flatMap((resource) => resource.scopeSpans))
        spans.push(...one.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    } else if (request.method === 'GET') {
      note(request.headers, traceparents.scraped);
      response.end(profile);
    } else {
      note(request.headers, traceparents.pushed);
      request.resume();
      response.writeHead(200, { 'content-type': 'application/proto' }).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { spans, traceparents, address };
}

const config = (address: string, tracing: string) => `
${tracing}
pyroscope.scrape "s" {
  targets = [{"__address__" = "${address}", "service_name" = "s"}]
  scrape_interval = "1s"
  profiling_config {
    profile.process_cpu { enabled = false }
    profile.goroutine { enabled = false }
    profile.mutex { enabled = false }
    profile.block { enabled = false }
  }
  forward_to = [pyroscope.write.w.receiver]
}
pyroscope.write "w" {
  endpoint {
    url = "http://${address}"
  }
}`;

const attribute = ({ attributes }: SentSpan, name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

/** Runs a config until something was pushed, reloads it before, and stops it. */
async function run(t: TestContext, tracing: string, withEndpoint = true) {
  const around = await world(t);
  const folder = await temporaryFolder(t, { 'a.alloy': config(around.address, tracing) });
  const host = new TestHost();
  if (withEndpoint) host.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://${around.address}`;
  const args = ['run', '--server.http.listen-addr=127.0.0.1:0', '--storage.path', folder];
  const running = runProgram([...args, join(folder, 'a.alloy')], host);
  await host.written(/HTTP API listens/);
  // OpenTelemetry is loaded beside the first load, so what is evaluated then has no spans.
  for (let waits = 0; around.traceparents.pushed.size === 0 && waits < 1000; waits++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  host.send('SIGHUP');
  await host.written(/config loaded[\s\S]*config loaded/);
  host.send('SIGTERM');
  assert.equal(await running, 0, host.err);
  return { ...around, host };
}

describe('tracing', { timeout: 60_000 }, () => {
  test('sends spans of evaluations, scrapes and pushes, and carries them on', async (t) => {
    const { spans, traceparents } = await run(
      t,
      'tracing {\n\tsampling_fraction = 1\n\tsend_traceparent = true\n}',
    );
    const evaluated = spans.filter(({ name }) => name === 'EvaluateNode');
    assert.ok(evaluated.some((one) => attribute(one, 'component_id') === 'pyroscope.write.w'));
    const graphs = new Set(spans.filter(({ name }) => name === 'GraphEvaluate').map(({ spanId }) => spanId));
    assert.ok(evaluated.every(({ parentSpanId }) => graphs.has(parentSpanId ?? '')));
    const sent = (method: string, id: string) =>
      spans.filter((one) => one.name === method && attribute(one, 'component_id') === id);
    const headers = (some: readonly SentSpan[]) => some.map((one) => `00-${one.traceId}-${one.spanId}-01`);
    const scrapes = sent('GET', 'pyroscope.scrape.s');
    const pushes = sent('POST', 'pyroscope.write.w');
    assert.ok(scrapes.length > 0 && headers(scrapes).every((one) => traceparents.scraped.has(one)));
    assert.ok(pushes.length > 0 && headers(pushes).every((one) => traceparents.pushed.has(one)));
    assert.equal(attribute(pushes[0] as SentSpan, 'http.response.status_code'), 200);
    assert.equal(attribute(scrapes[0] as SentSpan, 'url.path'), '/debug/pprof/allocs');
  });

  test('carries nothing on unless it is told to, and keeps none where none is wanted', async (t) => {
    const { traceparents, spans } = await run(t, 'tracing {\n\tsampling_fraction = 1\n}');
    assert.deepEqual([...traceparents.scraped], ['undefined']);
    assert.ok(spans.length > 0);
    const none = await run(t, 'tracing {\n\tsampling_fraction = 0\n}');
    assert.deepEqual(none.spans, []);
  });

  test('without the block sends nothing, and without an endpoint says so', async (t) => {
    assert.deepEqual((await run(t, '')).spans, []);
    const { host, spans } = await run(t, 'tracing { }', false);
    assert.match(host.err, /no spans are sent: there is no endpoint.*OTEL_EXPORTER_OTLP_ENDPOINT/);
    assert.deepEqual(spans, []);
  });
});
