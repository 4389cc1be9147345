import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { Secret } from '@pewter/language';
import { MapEnvironment, MemoryFiles, testContext } from '@pewter/testkit';
import { problemsOf } from './decode.test-help.ts';
import { remoteKubernetesConfigMap } from './remote-kubernetes-configmap.ts';
import { remoteKubernetesSecret } from './remote-kubernetes-secret.ts';
import { type Answer, half, json, running, until, upstream } from './running.test-help.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');
const configMap = {
  kind: 'ConfigMap',
  data: { a: 'one', 'b.txt': 'two\n' },
  binaryData: { c: encoded('x') },
};
const secret = {
  kind: 'Secret',
  data: { password: encoded('hünter2'), empty: '' },
  stringData: { no: 'no' },
};

const dataOf = (context: { readonly exported: readonly unknown[] }) =>
  (context.exported.at(-1) as { data: ReadonlyMap<string, Secret> } | undefined)?.data;
const shown = (context: { readonly exported: readonly unknown[] }) =>
  Object.fromEntries([...(dataOf(context) ?? [])].map(([key, value]) => [key, value.reveal()]));

const configOf = (url: string, more = '') =>
  `namespace = "apps"\nname = "settings"\n${more}\nclient {\n api_server = "${url}"\n bearer_token = "t"\n}`;

const kinds = [
  {
    definition: remoteKubernetesConfigMap,
    path: '/api/v1/namespaces/apps/configmaps/settings',
    object: configMap,
    changed: { ...configMap, data: { a: 'three' } },
    data: { a: 'one', 'b.txt': 'two\n' },
    exposure: 'readable',
    word: 'configmap',
  },
  {
    definition: remoteKubernetesSecret,
    path: '/api/v1/namespaces/apps/secrets/settings',
    object: secret,
    changed: { ...secret, data: { a: encoded('three') } },
    data: { password: 'hünter2', empty: '' },
    exposure: 'hidden',
    word: 'secret',
  },
];

const refusal = { kind: 'Status', message: 'no such token' };

for (const { definition, path, object, changed, data, exposure, word } of kinds) {
  describe(definition.name, () => {
    test('exports the data, and is asked for by its name', async (t) => {
      const server = await upstream(t, json(object));
      const remote = await running(t, definition, configOf(server.url));
      await remote.healthy();
      assert.equal(remote.message(), `got ${word}`);
      assert.deepEqual(shown(remote.context), data);
      assert.deepEqual(
        new Set([...(dataOf(remote.context)?.values() ?? [])].map((one) => one.exposure)),
        new Set([exposure]),
      );
      const [request] = server.requests;
      assert.equal(request?.url, path);
      assert.equal(request?.headers.authorization, 'Bearer t');
    });

    test('a change comes with the next poll', async (t) => {
      const server = await upstream(t, json(object));
      const remote = await running(t, definition, configOf(server.url, 'poll_frequency = "10s"'));
      await remote.healthy();
      server.answers(json(changed));
      await remote.context.clock.advance(10_000);
      await until(() => shown(remote.context).a === 'three');
    });

    const failures: readonly (readonly [string, Answer, RegExp])[] = [
      [
        '401',
        json(refusal, 401),
        /answered 401 for \w+ `settings` in namespace `apps`: no such token; check the token/,
      ],
      ['403', json(refusal, 403), /grant the account `get` on/],
      ['404', json({ message: 'not found' }, 404), /answered 404 .*not found/],
      ['garbage', json('<html>'), /invalid JSON/],
      ['another shape', json('[]'), /is no object/],
      ['half an answer', half, /before the response was complete/],
    ];
    for (const [name, answer, expected] of failures) {
      test(`${name}: the last data stays, and health says why`, async (t) => {
        const server = await upstream(t, json(object));
        const remote = await running(t, definition, configOf(server.url));
        await remote.healthy();
        server.answers(answer);
        await remote.context.clock.advance(60_000);
        await remote.unhealthy();
        assert.match(remote.message(), /^polling failed: /);
        assert.match(remote.message(), expected);
        assert.deepEqual(shown(remote.context), data);
      });
    }

    test('down at start: unhealthy, and the data comes once it is up', async (t) => {
      const server = await upstream(t, json(object));
      await server.stop();
      const remote = await running(t, definition, configOf(server.url));
      await remote.unhealthy();
      assert.equal(dataOf(remote.context), undefined);
      await server.start();
      await remote.context.clock.advance(60_000);
      await remote.healthy();
    });

    test('a slow answer is given up after `poll_timeout`', async (t) => {
      const server = await upstream(t, () => undefined);
      const remote = await running(t, definition, configOf(server.url, 'poll_timeout = "2s"'));
      await until(() => server.requests.length === 1);
      await remote.context.clock.advance(2_000);
      await remote.unhealthy();
      assert.match(remote.message(), /timed out after 2000 ms/);
    });

    test('neither a frequency nor a timeout of zero is taken', () => {
      const text = configOf('http://k', 'poll_frequency = "0s"\npoll_timeout = "0s"');
      assert.equal(problemsOf(text, definition.arguments).length, 2);
    });
  });
}

test('a secret shows nowhere but where it is asked for', async (t) => {
  const server = await upstream(t, json(secret));
  const remote = await running(t, remoteKubernetesSecret, configOf(server.url));
  await remote.healthy();
  const everything = inspect([remote.context.exported, remote.component.debugInfo?.(), remote.message()], {
    depth: 9,
  });
  assert.doesNotMatch(everything, /hünter2/);
});

test('without a `client` block the account of the pod is used', async (t) => {
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  const files = new MemoryFiles({ [`${account}/token`]: 't' });
  const environment = new MapEnvironment({
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: '1',
  });
  const config = 'namespace = "a"\nname = "b"';
  const start = running(t, remoteKubernetesSecret, config, testContext<unknown>({ files, environment }));
  await assert.rejects(start, /can not read `.*\/ca\.crt`/);
  const outside = running(t, remoteKubernetesSecret, config, testContext<unknown>());
  await assert.rejects(outside, /this does not run inside of a cluster/);
});
