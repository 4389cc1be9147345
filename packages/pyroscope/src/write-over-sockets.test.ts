import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { RecordingSink, type SinkFailure } from '@pewter/testkit';
import { Bench, only } from './sockets.test-help.ts';
import { version } from './version.ts';

const interval = 15_000;
const soon = 'min_backoff_period = "5ms"\n max_backoff_period = "10ms"\n max_backoff_retries = 3';

describe('a push', () => {
  test('speaks the Connect protocol, and names the program', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText('remote_timeout = "7s"'));
    await bench.test.advance(interval);
    const { headers, path } = bench.sink.pushes[0] ?? assert.fail('nothing was pushed');
    assert.equal(path, '/push.v1.PusherService/Push');
    const { connection, host, 'content-length': length, 'x-alloy-id': id, ...rest } = headers;
    assert.deepEqual(rest, {
      'connect-protocol-version': '1',
      'connect-timeout-ms': '7000',
      'content-type': 'application/proto',
      'user-agent': `pewter/${version}`,
    });
    assert.equal(host, bench.sink.url.slice('http://'.length));
    assert.ok(Number(length) > 0);
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.equal(connection, 'keep-alive');
  });

  test('carries basic_auth and headers, and its own X-Alloy-Id in the place of a given one', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const endpoint = `basic_auth {\n username = "u"\n password = "p"\n }
      headers = {"X-Scope-OrgID" = "squad-1", "X-Alloy-Id" = "mine"}`;
    await bench.start(bench.scrapeText() + bench.writeText(endpoint));
    await bench.test.advance(interval);
    const headers = bench.sink.pushes[0]?.headers ?? {};
    assert.equal(headers.authorization, 'Basic dTpw');
    assert.equal(headers['x-scope-orgid'], 'squad-1');
    assert.notEqual(headers['x-alloy-id'], 'mine');
  });

  test('carries headers of any language, and leaves those out that belong to a connection', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const endpoint = `headers = {"X-Team" = "Jürgen", "Connection" = "close", "Expect" = "100-continue"}
      http_headers = {"X-Team" = ["more"]}`;
    await bench.start(bench.scrapeText() + bench.writeText(endpoint));
    await bench.test.advance(interval);
    const { connection, expect, 'x-team': team } = bench.sink.pushes[0]?.headers ?? {};
    assert.deepEqual([connection, expect], ['keep-alive', undefined]);
    assert.equal(Buffer.from(String(team), 'latin1').toString(), 'Jürgen, more');
  });

  test('that is refused shows in the debug information of its endpoint, whose component stays healthy', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const answer = { status: 401, headers: {}, body: 'no' };
    bench.sink.fail(answer, answer);
    const credentials = 'basic_auth {\n username = "u"\n password = "hidden"\n }';
    await bench.start(bench.scrapeText() + bench.writeText(credentials));
    await bench.test.advance(interval);
    const endpointOf = () => bench.test.pipeline.details('pyroscope.write.out')?.debugInfo?.endpoint;
    const [down] = endpointOf() as Record<string, string>[];
    assert.equal(down?.health, 'down');
    assert.match(down?.last_error ?? '', /^unauthenticated|HTTP 401/);
    assert.match(down?.hint ?? '', /refuses the credentials that it was given/);
    assert.doesNotMatch(JSON.stringify(down), /hidden/);
    const component = bench.test.pipeline
      .components()
      .find(({ localId }) => localId === 'pyroscope.write.out');
    assert.equal(component?.health.state, 'healthy');
    const dropped = bench.test.lines.find((line) => line.includes('profiles dropped')) ?? '';
    assert.match(dropped, /profile="?\{.*service_name=/);
    await bench.test.advance(4 * interval);
    const [up] = endpointOf() as Record<string, string>[];
    assert.equal(up?.health, 'up');
    assert.ok((up?.last_success ?? '') > (up?.last_error_time ?? 'never'));
  });

  test('is made below the path that the URL has', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const config = `pyroscope.write "out" {\n endpoint {\n url = "${bench.sink.url}/tenant/"\n }\n}\n`;
    await bench.start(bench.scrapeText() + config);
    await bench.test.advance(interval);
    assert.equal(bench.sink.pushes[0]?.path, '/tenant/push.v1.PusherService/Push');
  });

  test('reads an answer that comes packed', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const error = { code: 'invalid_argument', message: 'no such tenant' };
    bench.sink.fail({
      status: 400,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(error)),
    });
    bench.sink.failAlways({
      status: 200,
      headers: { 'content-type': 'application/proto', 'content-encoding': 'gzip' },
      body: gzipSync(''),
    });
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.test.advance(2 * interval);
    // Answers are unpacked on a thread of their own, which virtual time does not wait for.
    const sent = () => bench.metric('pyroscope_write_sent_profiles_total');
    for (let tries = 0; tries < 200 && (await sent()) === 0; tries++) await sleep(5);
    assert.match(bench.test.lines.join(''), /invalid_argument: no such tenant/);
    assert.equal(await bench.metric('pyroscope_write_sent_profiles_total'), 1);
    assert.equal(bench.sink.pushes.length, 2);
  });

  test('takes external labels over those of the profile, and an empty one takes a label away', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const labels = 'external_labels = {"env" = "dev", "service_name" = "over", "instance" = ""}';
    await bench.start(bench.scrapeText() + bench.writeText('', labels));
    await bench.test.advance(interval);
    const { env, service_name: service, instance } = bench.sink.profiles[0]?.labels ?? {};
    assert.deepEqual([env, service, instance], ['dev', 'over', undefined]);
  });

  test('goes without a service where external labels take it away: servers call it unspecified', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText('', 'external_labels = {"service_name" = ""}'));
    await bench.test.advance(interval);
    assert.equal(bench.sink.profiles.length, 1);
    assert.equal(bench.sink.profiles[0]?.labels.service_name, undefined);
  });
});

const proto = { 'content-type': 'application/proto' };

describe('a push that fails', () => {
  const connect = (code: string) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, message: 'because' }),
  });
  const cases: readonly (readonly [string, SinkFailure, number])[] = [
    ['400', { status: 400 }, 1],
    ['401', { status: 401 }, 1],
    ['403', { status: 403 }, 1],
    ['404', { status: 404 }, 1],
    ['408', { status: 408 }, 3],
    ['413', { status: 413 }, 1],
    ['422', { status: 422 }, 1],
    ['429', { status: 429 }, 3],
    ['500', { status: 500 }, 3],
    ['501', { status: 501 }, 1],
    ['502', { status: 502 }, 3],
    ['503', { status: 503 }, 3],
    ['504', { status: 504 }, 3],
    ['invalid_argument', { status: 400, ...connect('invalid_argument') }, 1],
    ['unauthenticated', { status: 401, ...connect('unauthenticated') }, 1],
    ['deadline_exceeded', { status: 504, ...connect('deadline_exceeded') }, 3],
    ['resource_exhausted', { status: 429, ...connect('resource_exhausted') }, 3],
    ['unimplemented', { status: 501, ...connect('unimplemented') }, 1],
    ['internal', { status: 500, ...connect('internal') }, 3],
    ['unavailable', { status: 503, ...connect('unavailable') }, 3],
    ['invalid_argument, as 503', { status: 503, ...connect('invalid_argument') }, 1],
    ['permission_denied, as 500', { status: 500, ...connect('permission_denied') }, 1],
    ['data_loss', { status: 500, ...connect('data_loss') }, 3],
    ['an error without a code', { status: 500, headers: connect('').headers, body: '{}' }, 3],
    ['a page with status 200', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 3],
    ['status 200 and no message', { status: 200, headers: proto, body: 'junk' }, 1],
    ['a connection that is cut', { status: 200, drop: true }, 3],
  ];
  for (const [name, failure, attempts] of cases) {
    test(`is tried ${attempts === 1 ? 'once' : `${attempts} times in all`} after ${name}`, async (t) => {
      const bench = await Bench.open(t);
      bench.serveGoroutines();
      bench.sink.failAlways(failure);
      await bench.start(bench.scrapeText() + bench.writeText(soon));
      await bench.test.advance(interval);
      assert.equal(bench.sink.pushes.length, attempts);
      assert.equal(await bench.metric('pyroscope_write_dropped_profiles_total'), 1);
      assert.equal(await bench.metric('pyroscope_write_queued_profiles'), 0);
      assert.equal(bench.info.health, 'up');
      const [line = ''] = bench.test.lines.filter((one) => one.includes('profiles dropped'));
      assert.match(line, String(failure.body).includes('because') ? /because/ : /attempt/);
    });
  }

  for (const [name, more] of [
    ['plain', {}],
    ['resource_exhausted', connect('resource_exhausted')],
  ] as const) {
    test(`is tried once after 429 (${name}) where retry_on_http_429 is false`, async (t) => {
      const bench = await Bench.open(t);
      bench.serveGoroutines();
      bench.sink.failAlways({ status: 429, ...more });
      await bench.start(bench.scrapeText() + bench.writeText(`retry_on_http_429 = false\n ${soon}`));
      await bench.test.advance(interval);
      assert.equal(bench.sink.pushes.length, 1);
    });
  }

  test('is tried once where max_backoff_retries is below zero', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    bench.sink.failAlways({ status: 503 });
    await bench.start(bench.scrapeText() + bench.writeText('max_backoff_retries = -1'));
    await bench.test.advance(interval);
    assert.equal(bench.sink.pushes.length, 1);
  });

  test('because there is no time for it is never sent', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText(`remote_timeout = "0s"\n ${soon}`));
    await bench.test.advance(interval);
    assert.equal(bench.sink.pushes.length, 0);
    assert.equal(await bench.metric('pyroscope_write_dropped_profiles_total'), 1);
  });

  test('because of a header that nothing can carry says so, and the program goes on', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText(`headers = {"X-Bad" = "a\\nb"}\n ${soon}`));
    await bench.test.advance(interval);
    assert.equal(bench.sink.pushes.length, 0);
    assert.match(bench.test.lines.join(''), /x-bad/i);
  });

  test('is delivered by a later attempt', async (t) => {
    const bench = await Bench.open(t);
    const body = bench.serveGoroutines();
    bench.sink.fail({ status: 503 }, { status: 503 });
    await bench.start(bench.scrapeText() + bench.writeText(soon));
    await bench.test.advance(interval);
    assert.equal(bench.sink.pushes.length, 3);
    assert.deepEqual(Buffer.from(bench.sink.profiles[0]?.bytes ?? []), body);
    assert.equal(await bench.metric('pyroscope_write_retries_total'), 2);
  });
});

/** The config with a second endpoint at `url`. */
function twoEndpoints(bench: Bench, url: string): string {
  return bench.scrapeText() + bench.writeText(`}\n endpoint {\n url = "${url}"\n max_backoff_retries = 0`);
}

describe('an endpoint', () => {
  test('that is dead delays no other', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(twoEndpoints(bench, 'http://127.0.0.1:1'));
    await bench.test.advance(interval * 4);
    assert.equal(bench.sink.profiles.length, bench.target.requests.length);
    assert.equal(bench.info.health, 'up');
  });

  test('whose arguments stay the same keeps what it tries while another changes', async (t) => {
    const bench = await Bench.open(t);
    const other = await RecordingSink.start();
    t.after(() => other.close());
    bench.serveGoroutines();
    bench.sink.failAlways({ status: 503 });
    const endless = 'max_backoff_retries = 0\n max_backoff_period = "1s"';
    const config = (url: string) =>
      bench.scrapeText() + bench.writeText(`${endless}\n}\n endpoint {\n url = "${url}"`);
    await bench.start(config('http://127.0.0.1:1'));
    await bench.scraped(1);
    await bench.reload(config(other.url));
    await bench.test.advance(1000);
    bench.sink.failAlways();
    await bench.test.advance(2000);
    assert.equal(bench.sink.profiles.length, 1);
    await bench.test.advance(interval);
    assert.deepEqual([bench.sink.profiles.length, other.profiles.length], [2, 1]);
    assert.equal(await bench.metric('pyroscope_write_dropped_profiles_total'), 1);
  });

  test('with a new URL gets the profiles of loops that run, which scrape on as they did', async (t) => {
    const bench = await Bench.open(t);
    const other = await RecordingSink.start();
    t.after(() => other.close());
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.test.advance(interval);
    const { last_scrape: before } = bench.info;
    await bench.reload(bench.scrapeText() + bench.writeText().replace(bench.sink.url, other.url));
    await bench.test.advance(interval);
    assert.deepEqual([bench.sink.profiles.length, other.profiles.length], [1, 1]);
    const passed = Date.parse(String(bench.info.last_scrape)) - Date.parse(String(before));
    assert.equal(passed, interval);
  });
});

describe('the end', () => {
  test('waits for a scrape under way and pushes it', async (t) => {
    const bench = await Bench.open(t);
    const body = bench.serveGoroutines();
    bench.target.serve('/debug/pprof/goroutine', { body, delayMs: 3000 });
    await bench.start(bench.scrapeText() + bench.writeText());
    while (bench.target.requests.length === 0) await bench.test.advance(250);
    assert.ok((await bench.test.stop()) <= 3500);
    assert.equal(bench.sink.profiles.length, 1);
  });

  test('comes within seconds although a server is dead and attempts have no end', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    bench.sink.failAlways({ status: 503 });
    await bench.start(bench.scrapeText(only('goroutine')) + bench.writeText('max_backoff_retries = 0'));
    await bench.test.advance(interval * 3);
    const took = await bench.test.stop();
    assert.ok(took <= 6000, `${took} ms`);
  });
});
