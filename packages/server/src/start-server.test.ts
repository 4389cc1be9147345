import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, describe, test } from 'node:test';
import {
  any,
  body,
  capsule,
  duration,
  list,
  map,
  ObjectValue,
  optionalSecret,
  required,
  Secret,
  secret,
  string,
  withDefault,
} from '@pewter/language';
import type { ComponentInfo } from '@pewter/runtime';
import { pino } from 'pino';
import { type RunningServer, type ServedRuntime, ServerError, startServer } from './index.ts';

const http: ComponentInfo = {
  name: 'discovery.http',
  localId: 'discovery.http.sd',
  moduleId: '',
  label: 'sd',
  health: { state: 'healthy', message: 'started component', updated: Date.UTC(2026, 1, 2) },
  referencesTo: [],
  referencedBy: ['pyroscope.scrape.x'],
  dataFlowEdgesTo: ['pyroscope.scrape.x'],
  createdModuleIds: [],
};
const inModule: ComponentInfo = { ...http, moduleId: 'mod.a' };

const schema = body({
  url: required(string),
  refresh_interval: withDefault(duration, '1m'),
  password: required(secret),
  forward_to: required(list(capsule({ name: 'pyroscope.receiver' }))),
});

const readFile = () => assert.fail('no file is to be read');
const running: RunningServer[] = [];
after(() => Promise.all(running.map((server) => server.close())));

async function served(overrides: Partial<ServedRuntime> = {}): Promise<RunningServer> {
  const runtime: ServedRuntime = {
    ready: () => true,
    components: () => [http, inModule],
    details: () => ({
      arguments: {
        schema,
        decoded: { url: 'http://x', refresh_interval: 90_000, password: new Secret('pw'), forward_to: [{}] },
      },
      debugInfo: { target: [{ url: 'http://t', health: 'up' }], count: 2 },
    }),
    reload: async () => ({ ok: true }),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    ...overrides,
  };
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    runtime,
    logger: pino({ level: 'silent' }),
    nodeName: 'node-1',
    readFile,
  });
  running.push(server);
  return server;
}

const unhealthy = (component: ComponentInfo): ComponentInfo => ({
  ...component,
  health: { state: 'unhealthy', message: 'no answer', updated: 0 },
});

describe('readiness and health', () => {
  test('say 200 when all is well', async () => {
    const { url } = await served();
    const ready = await fetch(`${url}/-/ready`);
    assert.equal(ready.status, 200);
    assert.equal(await ready.text(), 'pewter is ready.\n');
    assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
  });

  test('ready says 503 before a config is loaded', async () => {
    const { url } = await served({ ready: () => false });
    assert.equal((await fetch(`${url}/-/ready`)).status, 503);
  });

  test('healthy says 500 and lists the unhealthy, those in modules by their path', async () => {
    const { url } = await served({ components: () => [http, unhealthy(inModule)] });
    const answer = await fetch(`${url}/-/healthy`);
    assert.equal(answer.status, 500);
    assert.equal(await answer.text(), 'unhealthy components: mod.a/discovery.http.sd\n');
  });
});

describe('reload', () => {
  test('answers as the reference does, to POST with any body and to GET', async () => {
    let reloads = 0;
    const { url } = await served({
      reload: async () => {
        reloads++;
        return { ok: true };
      },
    });
    for (const method of ['POST', 'GET']) {
      const answer = await fetch(`${url}/-/reload`, { method, ...(method === 'POST' && { body: 'x' }) });
      assert.equal(await answer.text(), 'config reloaded\n');
    }
    assert.equal(reloads, 2);
  });

  test('says 400 and why when the config has errors', async () => {
    const { url } = await served({ reload: async () => ({ ok: false, message: 'error: missing brace' }) });
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /missing brace/);
  });

  test('is refused to pages of other sites, and nothing is reloaded', async () => {
    const { port } = await served({ reload: () => assert.fail('reloaded') });
    const status = await new Promise((resolve, reject) => {
      httpRequest({ port, path: '/-/reload', method: 'POST', headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });
});

describe('the web API', () => {
  test('lists the components of the root in the shape of the reference', async () => {
    const { url } = await served();
    assert.deepEqual(await (await fetch(`${url}/api/v0/web/components`)).json(), [
      {
        name: 'discovery.http',
        type: 'block',
        localID: 'discovery.http.sd',
        moduleID: '',
        label: 'sd',
        referencesTo: [],
        referencedBy: ['pyroscope.scrape.x'],
        dataFlowEdgesTo: ['pyroscope.scrape.x'],
        health: { state: 'healthy', message: 'started component', updatedTime: '2026-02-02T00:00:00.000Z' },
        original: '',
        arguments: [],
        exports: [],
        debugInfo: [],
        liveDebuggingEnabled: false,
      },
    ]);
  });

  test('shows one component with its trees, and never a secret', async () => {
    const { url } = await served();
    const text = await (await fetch(`${url}/api/v0/web/components/mod.a/discovery.http.sd`)).text();
    assert.doesNotMatch(text, /"pw"/);
    const component = JSON.parse(text);
    assert.equal(component.moduleID, 'mod.a');
    assert.deepEqual(component.arguments, [
      { name: 'url', type: 'attr', value: { type: 'string', value: 'http://x' } },
      { name: 'refresh_interval', type: 'attr', value: { type: 'string', value: '1m30s' } },
      { name: 'password', type: 'attr', value: { type: 'capsule', value: '(secret)' } },
      {
        name: 'forward_to',
        type: 'attr',
        value: { type: 'array', value: [{ type: 'capsule', value: 'capsule("pyroscope.Appendable")' }] },
      },
    ]);
    assert.deepEqual(component.debugInfo, [
      {
        name: 'target',
        type: 'block',
        body: [
          { name: 'url', type: 'attr', value: { type: 'string', value: 'http://t' } },
          { name: 'health', type: 'attr', value: { type: 'string', value: 'up' } },
        ],
      },
      { name: 'count', type: 'attr', value: { type: 'number', value: 2 } },
    ]);
  });

  test('shows no password of a URL, and no header that carries credentials, whatever the type of the argument', async () => {
    const target = { name: 'target', toObject: (labels: Map<string, string>) => new ObjectValue(labels) };
    const endpoint = body({
      url: required(string),
      headers: required(map(string)),
      http_headers: required(map(list(secret))),
      params: required(map(list(string))),
      targets: required(list(capsule(target))),
    });
    const decoded = {
      url: 'http://user:hunter2@host/push?token=hunter2',
      headers: new Map([
        ['Authorization', 'Bearer hunter2'],
        ['X-Scope-OrgID', 'team'],
      ]),
      http_headers: new Map([['X-Any', [new Secret('hunter2')]]]),
      params: new Map([['token', ['hunter2']]]),
      targets: [new Map([['__param_token', 'hunter2']])],
    };
    const { url } = await served({
      details: () => ({
        arguments: { schema: endpoint, decoded },
        debugInfo: { last: 'GET http://user:hunter2@host/push', labels: { __param_token: 'hunter2' } },
      }),
    });
    const text = await (await fetch(`${url}/api/v0/web/components/discovery.http.sd`)).text();
    assert.doesNotMatch(text, /hunter2/);
    assert.match(text, /"http:\/\/user:xxxxx@host\/push\?token=xxxxx"/);
    const headers = JSON.parse(text).arguments[1].value.value;
    assert.deepEqual(headers, [
      { key: 'Authorization', value: { type: 'capsule', value: '(secret)' } },
      { key: 'X-Scope-OrgID', value: { type: 'string', value: 'team' } },
    ]);
  });

  test('shows the modules that a component is made of, nulls, and a text that is no secret', async () => {
    const content = body({ content: required(optionalSecret), value: required(any) });
    const { url } = await served({
      components: () => [{ ...http, createdModuleIds: ['m.x'] }],
      details: () => ({
        exports: { schema: content, decoded: { content: new Secret('plain', 'readable'), value: [null] } },
      }),
    });
    const { createdModuleIDs, exports } = JSON.parse(
      await (await fetch(`${url}/api/v0/web/components/discovery.http.sd`)).text(),
    );
    assert.deepEqual(createdModuleIDs, ['m.x']);
    assert.deepEqual(exports, [
      { name: 'content', type: 'attr', value: { type: 'capsule', value: '"plain"' } },
      { name: 'value', type: 'attr', value: { type: 'array', value: [{ type: 'null', value: null }] } },
    ]);
  });

  test('says 404 with the name of what is not there', async () => {
    const { url } = await served();
    const answer = await fetch(`${url}/api/v0/web/components/discovery.http.no`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /discovery\.http\.no/);
  });

  test('lists the components of a module, and says 404 where there is none', async () => {
    const { url } = await served();
    const list = (await (await fetch(`${url}/api/v0/web/modules/mod.a/components`)).json()) as unknown[];
    assert.deepEqual(
      list.map((one) => (one as { moduleID: string }).moduleID),
      ['mod.a'],
    );
    for (const path of ['modules/mod.b/components', 'modules/mod.a'])
      assert.equal((await fetch(`${url}/api/v0/web/${path}`)).status, 404);
  });

  test('has what a component serves itself below its path: here, none serves anything', async () => {
    const { url } = await served();
    const answer = await fetch(`${url}/api/v0/component/mod.a/discovery.http.sd/metrics`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /mod\.a\/discovery\.http\.sd serves nothing/);
  });

  test('names this node as the only peer', async () => {
    const { url, port } = await served();
    assert.deepEqual(await (await fetch(`${url}/api/v0/web/peers`)).json(), [
      { name: 'node-1', addr: `127.0.0.1:${port}`, isSelf: true, state: 'participant' },
    ]);
  });

  test('serves the metrics as they are', async () => {
    const { url } = await served();
    const answer = await fetch(`${url}/metrics`);
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4');
    assert.equal(await answer.text(), 'up 1\n');
  });

  test('a fault inside is a 500 that gives nothing away', async () => {
    const { url } = await served({ metrics: () => Promise.reject(new Error('secret path')) });
    const answer = await fetch(`${url}/metrics`);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(await answer.text(), /secret path/);
  });
});

describe('listening', () => {
  test('on a port in use is an error that says so', async () => {
    const { port } = await served();
    const logger = pino({ level: 'silent' });
    const second = startServer({
      host: '127.0.0.1',
      port,
      runtime: {} as ServedRuntime,
      logger,
      nodeName: '',
      readFile,
    });
    await assert.rejects(second, (error) => {
      assert.ok(error instanceof ServerError);
      assert.equal(error.code, 'port-in-use');
      assert.equal(
        error.message,
        `cannot listen on 127.0.0.1:${port}: another program listens there already`,
      );
      return true;
    });
  });

  test('on an address that is not ours is another error', async () => {
    const logger = pino({ level: 'silent' });
    const options = {
      host: '192.0.2.1',
      port: 0,
      runtime: {} as ServedRuntime,
      logger,
      nodeName: '',
      readFile,
    };
    await assert.rejects(startServer(options), { code: 'address-unavailable' });
  });

  test('ends with close: idle connections are dropped and the port is free', async () => {
    const first = await served();
    await (await fetch(`${first.url}/-/ready`)).text();
    await first.close();
    await assert.rejects(fetch(`${first.url}/-/ready`));
  });
});
