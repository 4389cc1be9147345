import assert from 'node:assert/strict';
import { type TestContext as NodeTest, test } from 'node:test';
import { consulAgentDiscovery } from './consulagent.ts';
import { type Answer, half, json, running, until, upstream } from './running.test-help.ts';

const instance = (id: string, address: string) => ({
  AggregatedStatus: 'warning',
  Service: {
    ID: id,
    Service: 'web',
    Tags: ['a', 'b'],
    Meta: { 'm-1': 'x' },
    Address: address,
    Port: 80,
    TaggedAddresses: { lan_ipv4: { Address: '10.0.0.1', Port: 8080 } },
  },
});

const paths = () => ({
  '/v1/agent/self': {
    Config: { Datacenter: 'dc1', NodeName: 'n1' },
    Member: { Addr: '10.0.0.9' },
    Meta: { k: 'v' },
  },
  '/v1/agent/services': { w1: { Service: 'web', Tags: ['a', 'b'] }, d1: { Service: 'db', Tags: [] } },
  '/v1/agent/health/service/name/web': [instance('w1', ''), instance('w2', '10.0.0.2')],
  '/v1/agent/health/service/name/db': [],
});

async function agent(t: NodeTest, more = '') {
  const known: Record<string, unknown> = paths();
  const server = await upstream(t, (response, request) => {
    const found = known[request.url?.replace(/\?.*/, '') ?? ''];
    if (typeof found === 'function') (found as Answer)(response, request);
    else json(found ?? {}, found === undefined ? 404 : 200)(response, request);
  });
  const discovery = await running(t, consulAgentDiscovery, `server = "${server.host}"\n${more}`);
  return { known, server, discovery };
}

test('instances carry the labels of their service and of the agent', async (t) => {
  const { discovery } = await agent(t);
  await discovery.healthy();
  const [first, second] = discovery.targets();
  assert.deepEqual(first, {
    __address__: '10.0.0.9:80',
    __meta_consulagent_address: '10.0.0.9',
    __meta_consulagent_dc: 'dc1',
    __meta_consulagent_health: 'warning',
    __meta_consulagent_metadata_k: 'v',
    __meta_consulagent_node: 'n1',
    __meta_consulagent_service: 'web',
    __meta_consulagent_service_address: '',
    __meta_consulagent_service_id: 'w1',
    __meta_consulagent_service_metadata_m_1: 'x',
    __meta_consulagent_service_port: '80',
    __meta_consulagent_tagged_address_lan_ipv4: '10.0.0.1:8080',
    __meta_consulagent_tags: ',a,b,',
  });
  assert.equal(second?.__address__, '10.0.0.2:80');
});

test('services are chosen by name and by tags; credentials are sent when they are given', async (t) => {
  const named = await agent(t, 'services = ["web"]\ntoken = "t"\nusername = "u"\npassword = "p"');
  await named.discovery.healthy();
  const urls = named.server.requests.map(({ url }) => url);
  assert.deepEqual(urls, ['/v1/agent/self', '/v1/agent/health/service/name/web?format=json']);
  assert.equal(named.server.requests[0]?.headers['x-consul-token'], 't');
  assert.equal(named.server.requests[0]?.headers.authorization, `Basic ${btoa('u:p')}`);
  const tagged = await agent(t, 'tags = ["b"]');
  await tagged.discovery.healthy();
  assert.ok(!tagged.server.requests.some(({ url }) => url?.includes('/name/db')));
  assert.equal(tagged.server.requests[0]?.headers.authorization, undefined);
});

for (const [name, answer, expected] of [
  ['401', json({}, 401), /status 401/],
  ['garbage', json('[{'), /invalid JSON/],
  ['an answer of another shape', json('"text"'), /is no list/],
  ['half an answer', half, /before the response was complete/],
] as const) {
  test(`${name} for one service: its last targets stay, and health says why`, async (t) => {
    const { known, discovery } = await agent(t);
    await discovery.healthy();
    known['/v1/agent/health/service/name/web'] = answer;
    await discovery.context.clock.advance(30_000);
    await discovery.unhealthy();
    assert.match(discovery.message(), expected);
    assert.equal(discovery.targets().length, 2);
    assert.match(await discovery.context.metrics.metrics(), /consulagent_rpc_failures_total 1/);
  });
}

test('down at start and later: targets come once it is up, and stay', async (t) => {
  const { server, discovery } = await agent(t);
  await discovery.healthy();
  await server.stop();
  await discovery.context.clock.advance(30_000);
  await discovery.unhealthy();
  assert.equal(discovery.targets().length, 2);
  const late = await running(t, consulAgentDiscovery, `server = "${server.host}"`);
  await late.unhealthy();
  assert.deepEqual(late.targets(), []);
  await server.start();
  await late.context.clock.advance(30_000);
  await late.healthy();
  assert.equal(late.targets().length, 2);
});

test('a slow agent is given up, and a service that is gone takes its targets along', async (t) => {
  const { known, server, discovery } = await agent(t);
  await discovery.healthy();
  known['/v1/agent/services'] = {};
  await discovery.context.clock.advance(30_000);
  await until(() => discovery.targets().length === 0);
  known['/v1/agent/self'] = () => undefined;
  const before = server.requests.length;
  await discovery.context.clock.advance(30_000);
  await until(() => server.requests.length > before);
  await discovery.context.clock.advance(30_000);
  await discovery.unhealthy();
  assert.match(discovery.message(), /timed out/);
});
