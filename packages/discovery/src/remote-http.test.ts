import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Secret } from '@pewter/language';
import { testContext } from '@pewter/testkit';
import { argumentsFrom, problemsOf } from './decode.test-help.ts';
import { remoteHttp } from './remote-http.ts';
import { type Answer, half, running, until, upstream } from './running.test-help.ts';

const answer =
  (text: string, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { connection: 'close' }).end(text);
  };
const contentOf = (context: { readonly exported: readonly unknown[] }) =>
  (context.exported.at(-1) as { content: Secret } | undefined)?.content;

test('the request is as configured, and the content is the trimmed body', async (t) => {
  const { url, requests } = await upstream(t, answer('\n one \n'));
  const text = `url = "${url}/a?b=c%20d"\nmethod = "POST"\nheaders = { "X-A" = "1" }\nbody = "x"\nis_secret = true`;
  const remote = await running(t, remoteHttp, text);
  await remote.healthy();
  assert.equal(contentOf(remote.context)?.reveal(), 'one');
  assert.equal(contentOf(remote.context)?.exposure, 'hidden');
  const [request] = requests;
  assert.deepEqual([request?.method, request?.url, request?.headers['x-a']], ['POST', '/a?b=c%20d', '1']);
  assert.match(String(request?.headers['user-agent']), /^pewter\/\d/);
});

for (const [name, failure, expected] of [
  ['401', answer('no', 401), /polling failed: .*status 401/],
  ['half an answer', half, /before the response was complete/],
] as const) {
  test(`${name}: the last content stays, and health says why`, async (t) => {
    const server = await upstream(t, answer('one'));
    const remote = await running(t, remoteHttp, `url = "${server.url}"`);
    await remote.healthy();
    server.answers(failure);
    await remote.context.clock.advance(60_000);
    await remote.unhealthy();
    assert.match(remote.message(), expected);
    assert.equal(contentOf(remote.context)?.reveal(), 'one');
    server.answers(answer('two'));
    await remote.context.clock.advance(60_000);
    await until(() => contentOf(remote.context)?.reveal() === 'two');
  });
}

test('down at start: unhealthy, and the content comes once it is up', async (t) => {
  const server = await upstream(t, answer('one'));
  await server.stop();
  const remote = await running(t, remoteHttp, `url = "${server.url}"`);
  await remote.unhealthy();
  assert.equal(contentOf(remote.context), undefined);
  await server.start();
  await remote.context.clock.advance(60_000);
  await remote.healthy();
});

test('a first request that fails refuses the config; one that answers is not asked again at once', async (t) => {
  const server = await upstream(t, answer('no', 500));
  const context = testContext<unknown>();
  const { build } = await remoteHttp.implementation();
  const remote = build(context, argumentsFrom(`url = "${server.url}"`, remoteHttp.arguments));
  const { signal } = new AbortController();
  await assert.rejects(remote.begin?.(signal) ?? Promise.resolve(), /polling failed: .*status 500/);
  server.answers(answer('one'));
  await remote.begin?.(signal);
  const stop = new AbortController();
  const ended = remote.run(stop.signal);
  await context.clock.advance(59_000);
  assert.equal(server.requests.length, 2);
  assert.equal(contentOf(context)?.reveal(), 'one');
  await context.clock.advance(1_000);
  await until(() => server.requests.length === 3);
  stop.abort();
  await ended;
});

test('a slow answer is given up after the timeout', async (t) => {
  const { url, requests } = await upstream(t, () => undefined);
  const remote = await running(t, remoteHttp, `url = "${url}"`);
  await until(() => requests.length === 1);
  await remote.context.clock.advance(10_000);
  await remote.unhealthy();
  assert.match(remote.message(), /timed out after 10000 ms/);
});

test('arguments that can not work are refused', () => {
  const problem = (text: string) => problemsOf(text, remoteHttp.arguments)[0] ?? '';
  assert.match(problem('url = "http://a"\npoll_timeout = "1m"'), /less than `poll_frequency`/);
  assert.match(problem('url = "http://a"\nmethod = "A B"'), /no HTTP method/);
  assert.match(problem('url = "a"'), /no valid URL/);
});
