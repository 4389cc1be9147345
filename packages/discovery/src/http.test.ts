import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext as NodeTest, test } from 'node:test';
import { defaultHttpClientArguments } from '@pewter/http-client/schema';
import type { Component } from '@pewter/runtime';
import { testContext } from '@pewter/testkit';
import { type HttpArguments, httpDiscovery } from './http.ts';
import { build } from './http-component.ts';
import { recordings } from './reference.fixture.ts';
import type { TargetExports } from './target-exports.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (body: unknown, status = 200, type = 'application/json'): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': type, connection: 'close' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const oneTarget = json([{ targets: ['10.0.0.1:80'], labels: { env: 'prod' } }]);

/** A running discovery whose upstream the test makes answer as it likes. */
async function start(t: NodeTest, first: Answer | undefined) {
  const requests: IncomingMessage[] = [];
  let answer = first ?? oneTarget;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  if (first === undefined) await stop();
  const url = `http://127.0.0.1:${port}/sd?a=b%20c`;
  const context = testContext<TargetExports>();
  const args = { ...defaultHttpClientArguments, url, refresh_interval: 60_000 };
  const component: Component<HttpArguments> = build(context, args);
  const controller = new AbortController();
  const running = component.run(controller.signal);
  t.after(async () => {
    controller.abort();
    await running;
    if (server.listening) await stop();
    assert.equal(context.clock.pending, 0);
  });
  return {
    url,
    context,
    component,
    requests,
    listen,
    stop,
    answers: (next: Answer) => {
      answer = next;
    },
    targets: () => context.exported.at(-1)?.targets.map((target) => Object.fromEntries(target)),
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    assert.ok(turn < 500, 'the condition was never met');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

type Running = Awaited<ReturnType<typeof start>>;
const healthy = ({ component }: Running) => component.health?.()?.state === 'healthy';
const unhealthy = ({ component }: Running) => component.health?.()?.state === 'unhealthy';
const message = ({ component }: Running) => component.health?.()?.message ?? '';

test('targets carry the labels of their group and the URL', async (t) => {
  const discovery = await start(t, oneTarget);
  await until(() => healthy(discovery));
  assert.deepEqual(discovery.targets(), [
    { __address__: '10.0.0.1:80', __meta_url: discovery.url, env: 'prod' },
  ]);
  const [request] = discovery.requests;
  assert.equal(request?.url, '/sd?a=b%20c');
  assert.equal(request?.headers['x-prometheus-refresh-interval-seconds'], '60');
  assert.equal(request?.headers.accept, 'application/json');
});

test('down at start: no targets, and they come once the upstream is up', async (t) => {
  const discovery = await start(t, undefined);
  await until(() => unhealthy(discovery));
  assert.deepEqual(discovery.targets(), []);
  assert.match(message(discovery), /connection refused/);
  await discovery.listen();
  await discovery.context.clock.advance(60_000);
  await until(() => healthy(discovery));
  assert.equal(discovery.targets()?.length, 1);
});

const failures: readonly (readonly [string, Answer, RegExp])[] = [
  ['status 401', json([], 401), /status 401/],
  ['status 500', json([], 500), /status 500/],
  ['garbage', json('[{'), /invalid JSON/],
  ['the wrong content type', json([], 200, 'text/html'), /text\/html/],
  ['an unknown key', json([{ targets: [], nope: 1 }]), /unknown key `nope`/],
  ['a null group', json([null]), /no object/],
  [
    'half an answer',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('[{"targets"');
      setTimeout(() => response.destroy(), 5);
    },
    /before the response was complete/,
  ],
];

for (const [name, answer, expected] of failures) {
  test(`${name}: the last targets stay, and health says why`, async (t) => {
    const discovery = await start(t, oneTarget);
    await until(() => healthy(discovery));
    discovery.answers(answer);
    await discovery.context.clock.advance(60_000);
    await until(() => unhealthy(discovery));
    assert.match(message(discovery), expected);
    assert.equal(discovery.targets()?.length, 1);
    const metrics = await discovery.context.metrics.metrics();
    assert.match(metrics, /prometheus_sd_refresh_failures_total\{.*\} 1/);
    assert.match(metrics, /prometheus_sd_http_failures_total 1/);
  });
}

test('down later: the last targets stay', async (t) => {
  const discovery = await start(t, oneTarget);
  await until(() => healthy(discovery));
  await discovery.stop();
  await discovery.context.clock.advance(60_000);
  await until(() => unhealthy(discovery));
  assert.equal(discovery.targets()?.length, 1);
});

test('a slow answer is given up after the refresh interval, and never overlaps', async (t) => {
  const discovery = await start(t, () => undefined);
  await until(() => discovery.requests.length === 1);
  await discovery.context.clock.advance(59_999);
  assert.equal(discovery.requests.length, 1);
  await discovery.context.clock.advance(1);
  await until(() => unhealthy(discovery));
  assert.match(message(discovery), /timed out after 60000 ms/);
});

test('an empty list removes the targets', async (t) => {
  const discovery = await start(t, oneTarget);
  await until(() => healthy(discovery));
  discovery.answers(json([]));
  await discovery.context.clock.advance(60_000);
  await until(() => discovery.targets()?.length === 0);
});

test('an unchanged list is not exported again', async (t) => {
  const discovery = await start(t, oneTarget);
  await until(() => healthy(discovery));
  await discovery.context.clock.advance(60_000);
  await until(() => discovery.requests.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(discovery.context.exported.length, 2);
});

test('a refresh interval of zero is refused', () => {
  const rule = httpDiscovery.arguments.rules.find(({ reads }) => reads.includes('refresh_interval'));
  assert.match(rule?.check({ refresh_interval: 0 }, new Set())?.message ?? '', /greater than zero/);
});

interface Golden {
  readonly name: string;
  readonly upstream: Readonly<Record<string, unknown>>;
  readonly config: string;
  readonly targets: readonly Readonly<Record<string, string>>[];
}

for (const golden of recordings<Golden>('discovery/goldens.jsonl')) {
  if (!golden.config.includes('discovery.http ')) continue;
  test(`recorded: ${golden.name}`, async (t) => {
    const [answer] = Object.values(golden.upstream);
    const discovery = await start(t, json(answer));
    await until(() => healthy(discovery));
    const sorted = (targets: readonly object[]) =>
      targets
        .map((target) =>
          JSON.stringify(
            Object.entries(target)
              .filter(([name]) => name !== '__meta_url')
              .sort(),
          ),
        )
        .sort();
    assert.deepEqual(sorted(discovery.targets() ?? []), sorted(golden.targets));
  });
}
