import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpDiscovery } from './http.ts';
import { json, running, until, upstream } from './running.test-help.ts';

const group = (address: string) => json([{ targets: [address] }]);

test('new arguments are asked at once, and the old targets stay until there are new ones', async (t) => {
  const [first, second] = [await upstream(t, group('a:1')), await upstream(t, json({}, 500))];
  const discovery = await running(t, httpDiscovery, `url = "${first.url}"`);
  await discovery.healthy();
  discovery.update(`url = "${second.url}"`);
  await discovery.unhealthy();
  assert.equal(discovery.targets()[0]?.__address__, 'a:1');
  second.answers(group('b:1'));
  await discovery.context.clock.advance(60_000);
  await until(() => discovery.targets()[0]?.__address__ === 'b:1');
  assert.equal(first.requests.length, 1);
});

test('the answer to a request of old arguments no longer counts', async (t) => {
  let release = () => {};
  const slow = await upstream(t, (response, request) => {
    release = () => group('old:1')(response, request);
  });
  const next = await upstream(t, group('new:1'));
  const discovery = await running(t, httpDiscovery, `url = "${slow.url}"`);
  await until(() => slow.requests.length === 1);
  discovery.update(`url = "${next.url}"`);
  release();
  await until(() => discovery.targets().length > 0);
  assert.equal(discovery.targets()[0]?.__address__, 'new:1');
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(discovery.targets()[0]?.__address__, 'new:1');
});

test('a new interval counts from the next refresh', async (t) => {
  const server = await upstream(t, group('a:1'));
  const discovery = await running(t, httpDiscovery, `url = "${server.url}"`);
  await discovery.healthy();
  discovery.update(`url = "${server.url}"\nrefresh_interval = "5s"`);
  await until(() => server.requests.length === 2);
  await discovery.context.clock.advance(5_000);
  await until(() => server.requests.length === 3);
  assert.equal(server.requests[2]?.headers['x-prometheus-refresh-interval-seconds'], '5');
  assert.match(String(server.requests[2]?.headers['user-agent']), /^pewter\/\d+\.\d+\.\d+/);
});
