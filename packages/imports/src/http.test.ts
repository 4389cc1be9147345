import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents, settle, testOutside } from '@pewter/testkit';
import { importHttp } from './http.ts';

const double = `declare "double" {
  argument "v" { }
  export "w" { value = argument.v.value + argument.v.value }
}`;

/** A server whose answer a test may change, and the requests that it had. */
async function server(t: TestContext) {
  const state = { status: 200, text: double, requests: [] as string[] };
  const http = createServer((request, response) => {
    state.requests.push(
      `${request.method} ${request.headers.authorization ?? ''} ${request.headers['x-a'] ?? ''}`,
    );
    response.writeHead(state.status).end(state.text);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  t.after(() => void http.close());
  return { state, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mods/lib.alloy` };
}

async function started(body: string) {
  const outside = testOutside();
  const pipeline = new Pipeline({
    registry: new FakeComponents().registry,
    imports: [importHttp],
    stability: 'generally-available',
    outside,
    logs: createLogger({ destination: { write: () => {} }, clock: outside.clock }),
    storagePath: '/nonexistent',
  });
  const use = 'lib.double "d" { v = "x" }\nfake.passthrough "p" { input = lib.double.d.w }';
  const text = `import.http "lib" {\n${body}\n}\n${use}`;
  const outcome = await pipeline.reload([new SourceFile('config.alloy', text)]);
  pipeline.start();
  await settle();
  const health = () => pipeline.components().find((one) => one.localId === 'import.http.lib')?.health;
  const output = () => pipeline.details('fake.passthrough.p')?.exports?.decoded;
  return { outcome, pipeline, clock: outside.clock, health, output };
}

/** Lets real sockets work until a condition holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 500 && !holds(); n++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(holds());
}

describe('import.http', () => {
  test('brings what a URL answers with, and keeps it while a later answer cannot be used', async (t) => {
    const { state, url } = await server(t);
    const { outcome, pipeline, clock, health, output } = await started(
      `url = "${url}"\npoll_frequency = "30s"`,
    );
    assert.deepEqual(outcome.diagnostics, []);
    assert.deepEqual(output(), { output: 'xx' });
    state.status = 503;
    await clock.advance(30_000);
    await until(() => health()?.state === 'unhealthy');
    assert.match(health()?.message ?? '', /answered with status 503/);
    assert.deepEqual(output(), { output: 'xx' });
    Object.assign(state, { status: 200, text: double.replace('+ argument', '+ "-" + argument') });
    await clock.advance(30_000);
    await until(() => health()?.state === 'healthy');
    await clock.advance(10);
    assert.deepEqual(output(), { output: 'x-x' });
    await pipeline.stop();
    assert.equal(clock.pending, 0);
  });

  test('asks with the method, headers and credentials of its arguments', async (t) => {
    const { state, url } = await server(t);
    const client = 'client {\n basic_auth {\n username = "u"\n password = "p"\n }\n}';
    const { pipeline } = await started(`url = "${url}"\nmethod = "POST"\nheaders = {"x-a" = "b"}\n${client}`);
    assert.deepEqual(state.requests, ['POST Basic dTpw b']);
    await pipeline.stop();
  });

  test('has the URL up to its last slash as `module_path`', async (t) => {
    const { state, url } = await server(t);
    state.text = 'declare "double" {\n argument "v" { }\n export "w" { value = module_path }\n}';
    const { output, pipeline } = await started(`url = "${url}"`);
    assert.deepEqual(output(), { output: new URL('.', url).href });
    await pipeline.stop();
  });

  test('refuses a first load that cannot be answered, without the credentials in its URL', async () => {
    const { outcome } = await started('url = "http://user:word@127.0.0.1:9/none"');
    const [first] = outcome.diagnostics;
    assert.equal(first?.code, 'E0606');
    assert.ok(!first.message.includes('word'), first.message);
  });

  test('refuses times and requests that make no sense', async () => {
    for (const body of [
      'url = "nothing"',
      'url = "http://h"\nmethod = "A B"',
      'url = "http://h"\npoll_timeout = "2m"',
      'url = "http://h"\npoll_frequency = "0s"',
    ])
      assert.equal((await started(body)).outcome.ok, false, body);
  });
});
