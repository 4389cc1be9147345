import assert from 'node:assert/strict';
import { type TestContext as NodeTest, test } from 'node:test';
import { consulDiscovery } from './consul.ts';
import { recordings } from './reference.fixture.ts';
import { type Answer, half, json, running, sorted, until, upstream } from './running.test-help.ts';

/** A Consul that holds queries whose index is the current one, until the test changes something. */
async function consul(t: NodeTest, paths: Record<string, unknown>) {
  let index = 7;
  let held: (() => void)[] = [];
  const answer: Answer = (response, request) => {
    const url = new URL(request.url ?? '', 'http://a');
    const send = () => {
      const known = paths[url.pathname];
      if (typeof known === 'function') return (known as Answer)(response, request);
      json(known ?? {}, known === undefined ? 404 : 200, { 'x-consul-index': String(index) })(
        response,
        request,
      );
    };
    if (url.searchParams.get('index') === String(index)) held.push(send);
    else send();
  };
  const server = await upstream(t, answer);
  const change = (changes: Record<string, unknown>) => {
    Object.assign(paths, changes);
    index++;
    const waiting = held;
    held = [];
    for (const send of waiting) send();
  };
  return { ...server, change, held: () => held.length };
}

const self = { '/v1/agent/self': { Config: { Datacenter: 'dc1' } } };
const web = (address: string) => [
  { Node: { Node: 'n', Address: '10.0.0.9' }, Service: { ID: 'w', Address: address, Port: 80 } },
];
const one = () => ({
  ...self,
  '/v1/catalog/services': { web: ['a'] },
  '/v1/health/service/web': web('10.0.0.1'),
});

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

interface Golden {
  readonly name: string;
  readonly config: string;
  readonly upstream: Record<string, unknown>;
  readonly targets: readonly Readonly<Record<string, string>>[];
}

for (const golden of recordings<Golden>('discovery/goldens.jsonl')) {
  const text = /^discovery\.consul "\w+" \{([\s\S]*)\}\s*$/.exec(golden.config)?.[1];
  if (text === undefined) continue;
  test(`discovery.consul as recorded: ${golden.name}`, async (t) => {
    const server = await consul(t, golden.upstream);
    const discovery = await running(t, consulDiscovery, text.replaceAll('HOSTPORT', server.host));
    await eventually(discovery, () => discovery.targets().length === golden.targets.length, 1);
    await eventually(
      discovery,
      () => sorted(discovery.targets()).join() === sorted(golden.targets).join(),
      1,
    );
  });
}

test('queries carry what is asked for, and hold on the index of the last answer', async (t) => {
  const server = await consul(t, one());
  const text = `server = "${server.host}"\ntoken = "t"\nusername = "u"\npassword = "p"\nnode_meta = { k = "v" }\ntags = ["a"]\nnamespace = "n"`;
  const discovery = await running(t, consulDiscovery, text);
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 1);
  await eventually(discovery, () => server.held() === 2, 5_000);
  const urls = server.requests.map(({ url }) => url);
  assert.equal(urls[0], '/v1/agent/self');
  assert.equal(urls[1], '/v1/catalog/services?wait=120000ms&ns=n&node-meta=k%3Av&stale=');
  assert.equal(urls[2], '/v1/health/service/web?tag=a&wait=120000ms&ns=n&node-meta=k%3Av&stale=');
  assert.ok(urls.includes('/v1/catalog/services?wait=120000ms&index=7&ns=n&node-meta=k%3Av&stale='));
  const { headers } = server.requests[1] ?? {};
  assert.equal(headers?.['x-consul-token'], 't');
  assert.equal(headers?.authorization, `Basic ${btoa('u:p')}`);
});

test('a change is exported soon; a service that is gone takes its targets along', async (t) => {
  const server = await consul(t, one());
  const discovery = await running(t, consulDiscovery, `server = "${server.host}"\nrefresh_interval = "1s"`);
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 100);
  await eventually(discovery, () => server.held() === 2, 100);
  server.change({ '/v1/health/service/web': web('10.0.0.2') });
  await eventually(discovery, () => addresses(discovery) === '10.0.0.2:80', 100);
  await eventually(discovery, () => server.held() === 2, 100);
  server.change({ '/v1/catalog/services': {} });
  await eventually(discovery, () => discovery.targets().length === 0, 100);
});

for (const [name, answer, expected] of [
  ['401', json({}, 401), /status 401/],
  ['garbage', json('[{'), /invalid JSON/],
  ['an answer of another shape', json('"text"'), /is no list/],
  ['half an answer', half, /before the response was complete/],
] as const) {
  test(`${name}: the last targets stay, health says why, and it goes on after 15 s`, async (t) => {
    const server = await consul(t, one());
    const discovery = await running(t, consulDiscovery, `server = "${server.host}"\nrefresh_interval = "1s"`);
    await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 100);
    await eventually(discovery, () => server.held() === 2, 100);
    server.change({ '/v1/health/service/web': answer });
    await discovery.unhealthy();
    assert.match(discovery.message(), expected);
    assert.equal(discovery.targets().length, 1);
    server.change({ '/v1/health/service/web': web('10.0.0.3') });
    await eventually(discovery, () => addresses(discovery) === '10.0.0.3:80', 1_000);
    await until(() => discovery.state() === 'healthy');
    assert.match(await discovery.context.metrics.metrics(), /prometheus_sd_consul_rpc_failures_total [1-9]/);
  });
}

test('down at start: targets come once it is up', async (t) => {
  const server = await consul(t, one());
  await server.stop();
  const discovery = await running(t, consulDiscovery, `server = "${server.host}"`);
  await discovery.unhealthy();
  assert.match(discovery.message(), /connection refused/);
  await server.start();
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 1_000);
});

test('new arguments keep the old targets until there are new ones', async (t) => {
  const [first, second] = [
    await consul(t, one()),
    await consul(t, { ...one(), '/v1/health/service/web': web('10.0.0.5') }),
  ];
  const discovery = await running(t, consulDiscovery, `server = "${first.host}"`);
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 100);
  discovery.update(`server = "${second.host}"`);
  assert.equal(addresses(discovery), '10.0.0.1:80');
  await eventually(discovery, () => addresses(discovery) === '10.0.0.5:80', 100);
});

test('a user beside another way to authenticate loads, and the other way counts', async (t) => {
  const server = await consul(t, one());
  const other = 'basic_auth {\n username = "v"\n password = "q"\n}';
  const discovery = await running(t, consulDiscovery, `server = "${server.host}"\nusername = "u"\n${other}`);
  await until(() => server.requests.length > 0);
  assert.equal(server.requests[0]?.headers.authorization, `Basic ${btoa('v:q')}`);
  await eventually(discovery, () => addresses(discovery) === '10.0.0.1:80', 100);
});
