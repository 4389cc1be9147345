import assert from 'node:assert/strict';
import { describe, type TestContext as NodeTest, test } from 'node:test';
import type { ComponentDefinition } from '@pewter/runtime';
import { consulDiscovery } from './consul.ts';
import { consulAgentDiscovery } from './consulagent.ts';
import { dockerDiscovery } from './docker.ts';
import { ec2Discovery } from './ec2.ts';
import { httpDiscovery } from './http.ts';
import { kubeletDiscovery } from './kubelet.ts';
import { kubernetesDiscovery } from './kubernetes.ts';
import { type Answer, half, json, running, upstream } from './running.test-help.ts';

/** A discovery over HTTP, and an upstream by whose answers it finds one target. */
interface Mechanism {
  readonly definition: ComponentDefinition;
  readonly config: (host: string) => string;
  readonly good: Answer;
  /** What is no failure to it, with the reason. */
  readonly bears?: Readonly<Record<string, string>>;
}

/** Answers by path, 404 for all else. */
const byPath =
  (paths: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response, request) => {
    const path = request.url?.replace(/\?.*/, '') ?? '';
    const status = path in paths ? 200 : 404;
    json(paths[path] ?? {}, status, headers)(response, request);
  };

const pod = {
  metadata: { name: 'a', namespace: 'n' },
  status: { podIP: '10.0.0.1' },
  spec: { containers: [{}] },
};
const node = { Node: { Node: 'n', Address: '10.0.0.1' }, Service: { ID: 'w', Port: 80 } };
const agent = { Config: { Datacenter: 'dc1' }, Member: { Addr: '10.0.0.1' } };

/** A list of pods, and a watch of them that ends soon, as behind a proxy that cuts what is idle. */
const apiServer: Answer = (response, request) => {
  if (request.url?.includes('watch=true')) json('')(response, request);
  else json({ metadata: { resourceVersion: '1' }, items: [pod] })(response, request);
};

const ec2: Answer = (response) => {
  const instance = '<item><instanceId>i</instanceId><privateIpAddress>10.0.0.1</privateIpAddress></item>';
  const body = `<R><reservationSet><item><instancesSet>${instance}</instancesSet></item></reservationSet></R>`;
  response.writeHead(200, { 'content-type': 'text/xml', connection: 'close' }).end(body);
};

const mechanisms: readonly Mechanism[] = [
  {
    definition: httpDiscovery,
    config: (host) => `url = "http://${host}/"`,
    good: json([{ targets: ['a:1'] }]),
  },
  {
    definition: dockerDiscovery,
    config: (host) => `host = "http://${host}"`,
    good: byPath(
      {
        '/_ping': '',
        '/v1.45/containers/json': [
          { Id: 'a', Names: ['/a'], NetworkSettings: { Networks: { n: { IPAddress: '10.0.0.1' } } } },
        ],
        '/v1.45/networks': [],
      },
      { 'api-version': '1.45' },
    ),
  },
  {
    definition: kubeletDiscovery,
    config: (host) => `url = "http://${host}"`,
    good: byPath({ '/pods': { items: [pod] } }),
  },
  {
    definition: kubernetesDiscovery,
    config: (host) => `api_server = "http://${host}"\nrole = "pod"`,
    good: apiServer,
    bears: { 'half an answer': 'a watch that is cut is resumed' },
  },
  {
    definition: consulDiscovery,
    config: (host) => `server = "${host}"`,
    good: byPath(
      {
        '/v1/agent/self': agent,
        '/v1/catalog/services': { web: [] },
        '/v1/health/service/web': [node],
      },
      { 'x-consul-index': '1' },
    ),
  },
  {
    definition: consulAgentDiscovery,
    config: (host) => `server = "${host}"`,
    good: byPath({
      '/v1/agent/self': agent,
      '/v1/agent/services': { w: { Service: 'web', Tags: [] } },
      '/v1/agent/health/service/name/web': [
        { AggregatedStatus: 'passing', Service: { ID: 'w', Address: 'a', Port: 1 } },
      ],
    }),
  },
  {
    definition: ec2Discovery,
    config: (host) => `endpoint = "http://${host}"\nregion = "r"\naccess_key = "a"\nsecret_key = "s"`,
    good: ec2,
  },
];

/** What an upstream may do instead of answering well. */
const failures: Readonly<Record<string, Answer>> = {
  '401': json({ message: 'no' }, 401),
  '500': json('oops', 500),
  'garbage instead of an answer': json('<html>[{'),
  'an answer of another shape': json('"text"'),
  'half an answer': half,
  'a connection that is cut': (response) => void response.destroy(),
  'no answer at all': () => undefined,
};

type Discovery = Awaited<ReturnType<typeof running>>;

/** Moves time on, and lets the network have its turn, until it holds. */
async function eventually(discovery: Discovery, holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < 600, `never: ${holds}; health is ${discovery.state()}: ${discovery.message()}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
    await discovery.context.clock.advance(1_000);
  }
}

for (const { definition, config, good, bears = {} } of mechanisms) {
  const start = async (t: NodeTest, first: Answer = good) => {
    const server = await upstream(t, first);
    return { server, discovery: await running(t, definition, config(server.host)) };
  };
  const isGood = (discovery: Discovery) => () =>
    discovery.state() === 'healthy' && discovery.targets().length === 1;
  const isBad = (discovery: Discovery) => () => discovery.state() === 'unhealthy';

  describe(`${definition.name} when its upstream fails`, { concurrency: true }, () => {
    for (const [name, answer] of Object.entries(failures)) {
      if (name in bears) continue;
      test(`${name}: the last targets stay, health says why, and all is well afterwards`, async (t) => {
        const { server, discovery } = await start(t);
        await eventually(discovery, isGood(discovery));
        server.answers(answer);
        await eventually(discovery, isBad(discovery));
        assert.equal(discovery.targets().length, 1);
        assert.match(discovery.message(), /\S+: \S+/);
        server.answers(good);
        await eventually(discovery, isGood(discovery));
      });
    }

    for (const [name, why] of Object.entries(bears)) {
      test(`${name} does no harm: ${why}`, async (t) => {
        const { server, discovery } = await start(t);
        await eventually(discovery, isGood(discovery));
        server.answers(failures[name] ?? good);
        const asked = server.requests.length;
        await eventually(discovery, () => server.requests.length > asked + 3);
        assert.ok(isGood(discovery)());
      });
    }

    test('down at start: no targets, and they come once it is up', async (t) => {
      const server = await upstream(t, good);
      await server.stop();
      const discovery = await running(t, definition, config(server.host));
      await eventually(discovery, isBad(discovery));
      assert.match(discovery.message(), /connection refused/);
      assert.deepEqual(discovery.targets(), []);
      await server.start();
      await eventually(discovery, isGood(discovery));
    });

    test('down later: the last targets stay, and it goes on once it is up', async (t) => {
      const { server, discovery } = await start(t);
      await eventually(discovery, isGood(discovery));
      await server.stop();
      await eventually(discovery, isBad(discovery));
      assert.equal(discovery.targets().length, 1);
      await server.start();
      await eventually(discovery, isGood(discovery));
    });
  });
}
