import assert from 'node:assert/strict';
import { type TestContext as NodeTest, test } from 'node:test';
import type { ComponentDefinition } from '@pewter/runtime';
import { dockerDiscovery } from './docker.ts';
import { kubeletDiscovery } from './kubelet.ts';
import { recordings } from './reference.fixture.ts';
import { type Answer, half, json, running, sorted, until, upstream } from './running.test-help.ts';

interface Golden {
  readonly name: string;
  readonly config: string;
  readonly upstream: Readonly<Record<string, unknown>>;
  readonly targets: readonly Readonly<Record<string, string>>[];
}

/** The discoveries that refresh from JSON over HTTP, and the least that their upstreams answer with one target. */
const mechanisms: readonly {
  readonly definition: ComponentDefinition;
  readonly config: (url: string) => string;
  readonly paths: Readonly<Record<string, unknown>>;
  readonly interval: number;
}[] = [
  {
    definition: kubeletDiscovery,
    config: (url) => `url = "${url}"`,
    paths: {
      '/pods': {
        items: [{ metadata: { name: 'a' }, status: { podIP: '10.0.0.1' }, spec: { containers: [{}] } }],
      },
    },
    interval: 5_000,
  },
  {
    definition: dockerDiscovery,
    config: (url) => `host = "${url}"`,
    paths: {
      '/v1.45/containers/json': [
        { Id: 'a', Names: ['/a'], NetworkSettings: { Networks: { n: { IPAddress: '10.0.0.1' } } } },
      ],
      '/v1.45/networks': [],
    },
    interval: 60_000,
  },
];

/** Answers by path; Docker's ping as well, and 404 for all else. */
const answering =
  (paths: Readonly<Record<string, unknown>>): Answer =>
  (response, request) => {
    const path = request.url?.replace(/\?.*/, '') ?? '';
    const headers = { 'api-version': '1.45' };
    if (path === '/_ping') json('', 200, headers)(response, request);
    else if (path in paths) json(paths[path], 200)(response, request);
    else json({}, 404)(response, request);
  };

const onlyPing =
  (answer: Answer): Answer =>
  (response, request) =>
    request.url === '/_ping'
      ? json('', 200, { 'api-version': '1.45' })(response, request)
      : answer(response, request);

for (const { definition, config, paths, interval } of mechanisms) {
  const start = async (t: NodeTest, first: Answer = answering(paths)) => {
    const server = await upstream(t, first);
    return { server, discovery: await running(t, definition, config(server.url)) };
  };

  for (const golden of recordings<Golden>('discovery/goldens.jsonl')) {
    const body = /^discovery\.\w+ "\w+" \{([\s\S]*)\}\s*$/.exec(golden.config)?.[1];
    if (body === undefined || !golden.config.startsWith(`${definition.name} `)) continue;
    test(`${definition.name} as recorded: ${golden.name}`, async (t) => {
      const server = await upstream(t, answering(golden.upstream));
      const discovery = await running(t, definition, body.replaceAll('URL', server.url));
      await discovery.healthy();
      assert.deepEqual(sorted(discovery.targets()), sorted(golden.targets));
    });
  }

  const failures: readonly (readonly [string, Answer, RegExp])[] = [
    ['401', json({}, 401), /status 401/],
    ['garbage', json('[{'), /invalid JSON/],
    ['an answer of another shape', json('"text"'), /is no (?:list|object)/],
    ['half an answer', half, /before the response was complete/],
  ];
  for (const [name, answer, expected] of failures) {
    test(`${definition.name}, ${name}: the last targets stay, and health says why`, async (t) => {
      const { server, discovery } = await start(t);
      await discovery.healthy();
      server.answers(onlyPing(answer));
      await discovery.context.clock.advance(interval);
      await discovery.unhealthy();
      assert.match(discovery.message(), expected);
      assert.equal(discovery.targets().length, 1);
    });
  }

  test(`${definition.name}, down at start: targets come once the upstream is up`, async (t) => {
    const server = await upstream(t, answering(paths));
    await server.stop();
    const discovery = await running(t, definition, config(server.url));
    await discovery.unhealthy();
    assert.match(discovery.message(), /connection refused/);
    await server.start();
    await discovery.context.clock.advance(interval);
    await discovery.healthy();
    assert.equal(discovery.targets().length, 1);
  });

  test(`${definition.name}, down later: the last targets stay`, async (t) => {
    const { server, discovery } = await start(t);
    await discovery.healthy();
    await server.stop();
    await discovery.context.clock.advance(interval);
    await discovery.unhealthy();
    assert.equal(discovery.targets().length, 1);
  });

  test(`${definition.name}, slow: given up in time`, async (t) => {
    const { server, discovery } = await start(
      t,
      onlyPing(() => undefined),
    );
    await until(() => server.requests.some(({ url }) => url !== '/_ping'));
    await discovery.context.clock.advance(60_000);
    await discovery.unhealthy();
    assert.match(discovery.message(), /timed out/);
  });

  test(`${definition.name}, an upstream that has nothing more: the targets go`, async (t) => {
    const { server, discovery } = await start(t);
    await discovery.healthy();
    const empty = definition === kubeletDiscovery ? { items: [] } : [];
    server.answers(onlyPing(json(empty)));
    await discovery.context.clock.advance(interval);
    await until(() => discovery.targets().length === 0);
  });
}
