import assert from 'node:assert/strict';
import { type TestContext as NodeTest, test } from 'node:test';
import type { ProgramResult, Programs } from '@pewter/runtime';
import { MemoryFiles, testContext } from '@pewter/testkit';
import { remoteKubernetesConfigMap } from './remote-kubernetes-configmap.ts';
import { type Answer, json, running, until, upstream } from './running.test-help.ts';

const config = 'namespace = "n"\nname = "m"\nclient {\n kubeconfig_file = "/kube/config"\n}';

const kubeconfig = (url: string) => `current-context: x
contexts: [{ name: x, context: { cluster: c, user: u } }]
clusters: [{ name: c, cluster: { server: '${url}' } }]
users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: get-token, args: [--cluster, c], env: [{ name: A, value: b }], installHint: install it } } }]
`;

const credential = (status: Readonly<Record<string, unknown>>): ProgramResult => ({
  status: 0,
  stdout: JSON.stringify({ kind: 'ExecCredential', status }),
  stderr: '',
});

/** A component whose kubeconfig names a plugin, which does what `run` says. */
async function start(
  t: NodeTest,
  run: (runs: number) => ProgramResult,
  answer: Answer = json({ data: { a: '1' } }),
) {
  const calls: {
    program: string;
    args: readonly string[];
    environment: Readonly<Record<string, string | undefined>>;
  }[] = [];
  const programs: Programs = {
    async run(program, args, { environment }) {
      calls.push({ program, args, environment: environment?.('') ?? {} });
      return run(calls.length);
    },
  };
  const server = await upstream(t, answer);
  const files = new MemoryFiles({ '/kube/config': kubeconfig(server.url) });
  const context = testContext<unknown>({ files, programs });
  const remote = await running(t, remoteKubernetesConfigMap, config, context);
  return { calls, server, remote, clock: context.clock };
}

test('the token of a plugin is sent, and kept until shortly before its end', async (t) => {
  const { calls, server, remote, clock } = await start(t, (runs) =>
    credential({ token: `t${runs}`, expirationTimestamp: new Date(clockStart + 100_000).toISOString() }),
  );
  await remote.healthy();
  const [call] = calls;
  assert.deepEqual([call?.program, call?.args, call?.environment.A], ['get-token', ['--cluster', 'c'], 'b']);
  assert.deepEqual(JSON.parse(call?.environment.KUBERNETES_EXEC_INFO ?? ''), {
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1',
    spec: { interactive: false },
  });
  await clock.advance(60_000);
  await until(() => server.requests.length === 2);
  assert.equal(calls.length, 1);
  await clock.advance(60_000);
  await until(() => server.requests.length === 3);
  assert.deepEqual(
    server.requests.map(({ headers }) => headers.authorization),
    ['Bearer t1', 'Bearer t1', 'Bearer t2'],
  );
});

const clockStart = testContext<unknown>().clock.now();

test('a token that the server refuses is not sent again', async (t) => {
  const strict: Answer = (response, request) =>
    json({ data: {} }, request.headers.authorization === 'Bearer t2' ? 200 : 401)(response, request);
  const { remote, clock } = await start(t, (runs) => credential({ token: `t${runs}` }), strict);
  await remote.unhealthy();
  await clock.advance(60_000);
  await remote.healthy();
});

const failures: readonly (readonly [string, ProgramResult | Error, RegExp])[] = [
  [
    'is not there',
    new Error('the program `get-token` is not installed here'),
    /not installed here; install it/,
  ],
  ['fails', { status: 3, stdout: 'secret', stderr: 'log in first\n' }, /ended with status 3: log in first/],
  ['writes garbage', { status: 0, stdout: 'secret', stderr: '' }, /is no ExecCredential/],
  ['gives a certificate', credential({ clientCertificateData: 'secret' }), /only tokens are supported/],
  ['gives nothing', credential({}), /gives no token/],
];
for (const [name, result, expected] of failures) {
  test(`a plugin that ${name} is said, without what it wrote`, async (t) => {
    const { remote, server } = await start(t, () => {
      if (result instanceof Error) throw result;
      return result;
    });
    await remote.unhealthy();
    assert.match(remote.message(), /no credentials from `get-token`: /);
    assert.match(remote.message(), expected);
    assert.doesNotMatch(remote.message(), /secret/);
    assert.equal(server.requests.length, 0);
  });
}
