import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext as NodeTest, test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { argumentsFrom } from './decode.test-help.ts';
import { kubernetesArguments } from './kubernetes/arguments.ts';
import { build } from './kubernetes/component.ts';
import { kubernetesDiscovery } from './kubernetes.ts';
import { recordings } from './reference.fixture.ts';
import { type Answer, half, json, running, sorted, until, upstream } from './running.test-help.ts';
import type { TargetExports } from './target-exports.ts';

interface Golden {
  readonly name: string;
  readonly config: string;
  readonly upstream: Readonly<Record<string, unknown>>;
  readonly targets: readonly Readonly<Record<string, string>>[];
}

type Lists = Readonly<Record<string, unknown>>;

/** An API server: lists by the last part of the path, and watches that stay open for the test to write to. */
async function cluster(t: NodeTest, first: Lists) {
  const watches: { readonly url: URL; readonly response: ServerResponse }[] = [];
  let lists = first;
  let onWatch: Answer | undefined;
  const answer: Answer = (response, request) => {
    const url = new URL(request.url ?? '', 'http://a');
    const list = lists[url.pathname.split('/').at(-1) ?? ''];
    if (list === undefined) return json({ message: 'not found' }, 404)(response, request);
    if (!url.searchParams.has('watch')) return json(list)(response, request);
    if (onWatch !== undefined) return onWatch(response, request);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    watches.push({ url, response });
  };
  const server = await upstream(t, answer);
  return {
    ...server,
    watches,
    answer,
    lists: (next: Lists) => {
      lists = next;
    },
    watched: (next: Answer | undefined) => {
      onWatch = next;
    },
    send: (type: string, object: unknown) =>
      void watches.at(-1)?.response.write(`${JSON.stringify({ type, object })}\n`),
  };
}

const pod = (name: string, address: string, version = '11') => ({
  metadata: { name, namespace: 'n', resourceVersion: version },
  status: { podIP: address },
  spec: { containers: [{ name: 'c' }] },
});
const listOf = (...items: readonly unknown[]) => ({ metadata: { resourceVersion: '10' }, items });
const onePod = { pods: listOf(pod('a', '10.0.0.1')) };

type Discovery = Awaited<ReturnType<typeof running>>;
const addresses = (discovery: Discovery) =>
  discovery
    .targets()
    .map(({ __address__ }) => __address__)
    .join();

/** Moves time on until what the peer sent has arrived and is exported. */
async function eventually(discovery: Discovery, condition: () => boolean, step = 250): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    assert.ok(turn < 400, 'the condition was never met');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await discovery.context.clock.advance(step);
  }
}

async function start(t: NodeTest, lists: Lists = onePod, config = 'role = "pod"') {
  const server = await cluster(t, lists);
  const discovery = await running(t, kubernetesDiscovery, `api_server = "${server.url}"\n${config}`);
  return { server, discovery };
}

async function watching(t: NodeTest) {
  const both = await start(t);
  await eventually(both.discovery, () => addresses(both.discovery) === '10.0.0.1');
  await until(() => both.server.watches.length === 1);
  return both;
}

for (const golden of recordings<Golden>('discovery/goldens.jsonl')) {
  const body = /^discovery\.kubernetes "\w+" \{([\s\S]*)\}\s*$/.exec(golden.config)?.[1];
  if (body === undefined) continue;
  test(`discovery.kubernetes as recorded: ${golden.name}`, async (t) => {
    const named = Object.entries(golden.upstream).map(([path, list]) => [path.split('/').at(-1), list]);
    const server = await cluster(t, Object.fromEntries(named));
    const discovery = await running(t, kubernetesDiscovery, body.replaceAll('URL', server.url));
    await discovery.healthy();
    await discovery.context.clock.advance(250);
    assert.deepEqual(sorted(discovery.targets()), sorted(golden.targets));
  });
}

test('what is added, modified and deleted is exported within 250 ms', async (t) => {
  const { server, discovery } = await watching(t);
  const shows = async (type: string, object: unknown, expected: string) => {
    const exports = discovery.context.exported.length;
    const timers = discovery.context.clock.pending;
    server.send(type, object);
    await until(() => discovery.context.clock.pending > timers);
    await discovery.context.clock.advance(250);
    assert.equal(discovery.context.exported.length, exports + 1);
    assert.equal(addresses(discovery), expected);
  };
  await shows('ADDED', pod('b', '10.0.0.2', '12'), '10.0.0.1,10.0.0.2');
  await shows('MODIFIED', pod('b', '10.0.0.3', '13'), '10.0.0.1,10.0.0.3');
  await shows('DELETED', pod('a', '10.0.0.1', '14'), '10.0.0.3');
});

test('a pod that changes changes the targets of the endpoints before it', async (t) => {
  const endpoints = {
    metadata: { name: 'e', namespace: 'n' },
    subsets: [
      {
        addresses: [{ ip: '10.0.0.1', targetRef: { kind: 'Pod', name: 'a', namespace: 'n' } }],
        ports: [{ port: 80 }],
      },
    ],
  };
  const lists = { ...onePod, endpoints: listOf(endpoints), services: listOf() };
  const { server, discovery } = await start(t, lists, 'role = "endpoints"');
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80');
  await until(() => server.watches.length === 3);
  const changed = { ...pod('a', '10.0.0.1', '12'), status: { podIP: '10.0.0.1', phase: 'Failed' } };
  const watch = server.watches.find(({ url }) => url.pathname.endsWith('/pods'));
  watch?.response.write(`${JSON.stringify({ type: 'MODIFIED', object: changed })}\n`);
  await eventually(discovery, () => discovery.targets()[0]?.__meta_kubernetes_pod_phase === 'Failed');
});

test('a watch that is cut goes on at the last version, and nothing is listed again', async (t) => {
  const { server, discovery } = await watching(t);
  server.send('BOOKMARK', { metadata: { resourceVersion: '20' } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  server.watches[0]?.response.destroy();
  await eventually(discovery, () => server.watches.length === 2);
  assert.equal(server.watches[1]?.url.searchParams.get('resourceVersion'), '20');
  assert.equal(server.requests.length, 3);
  assert.equal(discovery.state(), 'healthy');
});

const stale: readonly (readonly [string, Answer])[] = [
  ['by its status', json({ code: 410, message: 'too old' }, 410)],
  ['by an event', json(`${JSON.stringify({ type: 'ERROR', object: { code: 410, message: 'too old' } })}\n`)],
];
for (const [name, answer] of stale) {
  test(`410 ${name}: everything is listed again, and what is gone goes`, async (t) => {
    const { server, discovery } = await watching(t);
    server.lists({ pods: listOf(pod('b', '10.0.0.2')) });
    let asked = 0;
    server.watched((response, request) => {
      asked++;
      server.watched(undefined);
      answer(response, request);
    });
    server.watches[0]?.response.end();
    await eventually(discovery, () => addresses(discovery) === '10.0.0.2');
    assert.equal(asked, 1);
    assert.equal(discovery.state(), 'healthy');
  });
}

test('a garbage line: health says so, the targets stay, and a new list follows', async (t) => {
  const { server, discovery } = await watching(t);
  server.watches[0]?.response.write('{"type"\n');
  await discovery.unhealthy();
  assert.match(discovery.message(), /watch of pods has invalid JSON/);
  assert.equal(addresses(discovery), '10.0.0.1');
  server.lists({ pods: listOf(pod('b', '10.0.0.2')) });
  await eventually(discovery, () => addresses(discovery) === '10.0.0.2');
  await discovery.healthy();
});

test('down at start: targets come once the API server is up', async (t) => {
  const server = await cluster(t, onePod);
  await server.stop();
  const discovery = await running(t, kubernetesDiscovery, `api_server = "${server.url}"\nrole = "pod"`);
  await discovery.unhealthy();
  assert.match(discovery.message(), /connection refused/);
  await server.start();
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1');
  assert.equal(discovery.state(), 'healthy');
});

test('down later: the last targets stay, and it goes on once the API server is up', async (t) => {
  const { server, discovery } = await watching(t);
  await server.stop();
  await eventually(discovery, () => discovery.state() === 'unhealthy');
  assert.match(discovery.message(), /connection refused/);
  assert.equal(addresses(discovery), '10.0.0.1');
  await server.start();
  await eventually(discovery, () => discovery.state() === 'healthy');
});

const refusals: readonly (readonly [string, Answer, string, RegExp])[] = [
  ['401', json({ message: 'Unauthorized' }, 401), '', /401 .*Unauthorized; check the token/],
  [
    '403 in the cluster',
    json({ message: 'no' }, 403),
    '',
    /403 .*: no; grant .* on `pods` with a ClusterRole/,
  ],
  [
    '403 in a namespace',
    json({ message: 'no' }, 403),
    'namespaces { names = ["n"] }',
    /grant .*`list` and `watch` on `pods` with a Role and a RoleBinding in `n`/,
  ],
  ['garbage', json('[{'), '', /list of pods has invalid JSON/],
  ['half a list', half, '', /before the response was complete/],
];
for (const [name, answer, more, expected] of refusals) {
  test(`${name} for a list: health says why, until it is mended`, async (t) => {
    const { server, discovery } = await start(t, onePod, `role = "pod"\n${more}`);
    server.answers(answer);
    await discovery.unhealthy();
    assert.match(discovery.message(), expected);
    server.answers(server.answer);
    await eventually(discovery, () => addresses(discovery) === '10.0.0.1');
    assert.equal(discovery.state(), 'healthy');
  });
}

test('lists come in pages, of the namespaces and with the selectors of the config', async (t) => {
  const config = `
    role = "pod"
    namespaces { names = ["n", "m", "n"] }
    selectors {
      role  = "pod"
      label = "a=b"
      field = "spec.nodeName=x"
    }`;
  const { server, discovery } = await start(t, {}, config);
  const page = (next: string, ...items: readonly unknown[]) =>
    json({ metadata: { resourceVersion: '10', continue: next }, items });
  server.answers((response, request) => {
    const url = new URL(request.url ?? '', 'http://a');
    const { searchParams: query, pathname } = url;
    assert.equal(query.get('labelSelector'), 'a=b');
    assert.equal(query.get('fieldSelector'), 'spec.nodeName=x');
    if (query.has('watch')) return void response.writeHead(200).flushHeaders();
    if (!pathname.includes('/namespaces/n/')) return page('')(response, request);
    const last = query.get('continue') === 'second';
    return page(last ? '' : 'second', last ? pod('b', '10.0.0.2') : pod('a', '10.0.0.1'))(response, request);
  });
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1,10.0.0.2');
});

test('an unknown role has no targets, and health names those that there are', async (t) => {
  const { discovery } = await start(t, onePod, 'role = "pods"');
  await discovery.unhealthy();
  assert.match(discovery.message(), /`pods` is no role: one of pod, service/);
});

test('without any way to an API server the config is refused', () => {
  const decoded = argumentsFrom('role = "pod"', kubernetesArguments);
  assert.throws(
    () => build(testContext<TargetExports>(), decoded),
    /not run inside of a cluster.*`api_server` or `kubeconfig_file`/,
  );
});
