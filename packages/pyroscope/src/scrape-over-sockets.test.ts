import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { FakeAnswer } from '@pewter/testkit';
import { fixture } from './reference.test-help.ts';
import { Bench, only } from './sockets.test-help.ts';
import { version } from './version.ts';

const interval = 15_000;

describe('a scraped profile', () => {
  for (const [name, body] of [
    ['a gzipped one', fixture('go-goroutine-1')],
    ['a plain one', gunzipSync(fixture('go-goroutine-1'))],
  ] as const) {
    test(`arrives byte for byte where no difference is made: ${name}`, async (t) => {
      const bench = await Bench.open(t);
      bench.target.serve('/debug/pprof/goroutine', { body });
      await bench.start(bench.scrapeText() + bench.writeText());
      await bench.test.advance(interval);
      const [profile] = bench.sink.profiles;
      assert.deepEqual(Buffer.from(profile?.bytes ?? []), body);
      assert.equal(profile?.id, '');
      assert.deepEqual(Object.entries(profile?.labels ?? {}), [
        ['__name__', 'goroutine'],
        ['instance', bench.target.address],
        ['otel.scope.name', 'pewter/pyroscope.scrape'],
        ['otel.scope.version', version],
        ['service_name', 'app'],
      ]);
    });
  }

  test('is asked for with nothing but Host and User-Agent', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.test.advance(interval);
    const { headers, method, url } = bench.target.requests[0] ?? assert.fail('nothing was asked for');
    assert.deepEqual([method, url], ['GET', '/debug/pprof/goroutine']);
    const { connection, ...rest } = headers;
    assert.deepEqual(rest, { host: bench.target.address, 'user-agent': `pewter/${version}` });
    assert.equal(connection, 'keep-alive');
  });

  test('carries the credentials, headers and parameters that the config gives', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    const more = `basic_auth {\n username = "u"\n password = "p"\n}
      http_headers = {"X-Scope" = ["a", "b"]}
      params = {"dash-ed" = ["1"]}
      ${only('goroutine')}`;
    await bench.start(bench.scrapeText(more) + bench.writeText());
    await bench.test.advance(interval * 3);
    const { headers, url } = bench.target.requests.at(-1) ?? assert.fail('nothing was asked for');
    assert.equal(url, '/debug/pprof/goroutine?dash-ed=1');
    assert.equal(headers.authorization, `Basic ${Buffer.from('u:p').toString('base64')}`);
    assert.equal(headers['x-scope'], 'a, b');
    assert.equal(bench.sink.profiles.length, bench.target.requests.length);
  });

  test('of a cumulative kind goes out as a difference from the second on', async (t) => {
    const bench = await Bench.open(t);
    bench.target.serve(
      '/debug/pprof/allocs',
      { body: fixture('go-allocs-1') },
      { body: fixture('go-allocs-2') },
    );
    await bench.start(bench.scrapeText(only('memory')) + bench.writeText());
    await bench.test.advance(interval);
    assert.equal(bench.sink.profiles.length, 0);
    await bench.test.advance(interval);
    assert.equal(bench.sink.profiles[0]?.labels.__delta__, 'false');
  });

  for (const type of [
    'application/octet-stream',
    'application/octet-stream; charset=binary',
    'application/x-gzip',
    'application/gzip',
    'application/x-protobuf',
    'application/vnd.google.protobuf',
    '',
  ]) {
    test(`may come with ${type === '' ? 'no type' : `the type ${type}`}`, async (t) => {
      const bench = await Bench.open(t);
      bench.target.serve('/debug/pprof/goroutine', {
        body: fixture('go-goroutine-1'),
        headers: { 'content-type': type },
      });
      await bench.start(bench.scrapeText() + bench.writeText());
      await bench.test.advance(interval);
      assert.deepEqual([bench.info.health, bench.sink.profiles.length], ['up', 1]);
    });
  }
});

describe('a scrape that fails', () => {
  const html = '<!doctype html><title>x</title>';
  const cases: readonly (readonly [string, FakeAnswer, RegExp])[] = [
    [
      'an HTML page',
      { body: html, headers: { 'content-type': 'text/html' } },
      /Content-Type "text\/html".*doctype/,
    ],
    ['an HTML page under a good type', { body: html }, /not a pprof profile|HTML/i],
    ['a gzip that is broken', { body: Buffer.from('1f8b0800deadbeef00112233', 'hex') }, /gzip/],
    ['a gzip that is cut', { body: fixture('go-goroutine-1').subarray(0, 500) }, /gzip|end/],
    ['an empty body', { body: '' }, /0 bytes/],
    ['the text form of a profile', { body: 'goroutine profile: total 3\n1 @ 0x1\n' }, /debug|text/],
    ['a status', { status: 503, body: 'overloaded\n' }, /\(503\).*overloaded/],
    ['a redirect to itself', { status: 302, headers: { location: '/debug/pprof/goroutine' } }, /redirects/],
    ['a connection that is cut', { drop: true }, /closed/],
    ['no headers in time', { body: fixture('go-goroutine-1'), delayMs: 60_000 }, /no answer .* within 2s/],
    ['half a body in time', { body: fixture('go-goroutine-1'), bodyDelayMs: 60_000 }, /whole .* within 2s/],
  ];
  for (const [name, answer, message] of cases) {
    test(`says why, sends nothing, and is over with the next good answer: ${name}`, async (t) => {
      const bench = await Bench.open(t);
      bench.target.serve('/debug/pprof/goroutine', answer);
      await bench.start(bench.scrapeText(`scrape_timeout = "2s"\n${only('goroutine')}`) + bench.writeText());
      await bench.scraped(1);
      assert.equal(bench.info.health, 'down');
      assert.match(String(bench.info.last_error), message);
      assert.equal(bench.sink.profiles.length, 0);
      assert.equal(bench.test.lines.filter((line) => line.includes('scrape failed')).length, 1);
      bench.serveGoroutines();
      await bench.scraped(2);
      assert.deepEqual([bench.info.health, bench.info.last_error], ['up', undefined]);
      assert.equal(bench.sink.profiles.length, 1);
    });
  }

  test('for a port where nothing listens names the address', async (t) => {
    const bench = await Bench.open(t);
    const { address } = bench.target;
    const targets = `[{"__address__" = "127.0.0.1:1"}, {"__address__" = "${address}"}]`;
    bench.serveGoroutines();
    await bench.start(bench.scrapeText(undefined, targets) + bench.writeText());
    await bench.test.advance(interval);
    assert.match(String(bench.info.last_error), /refused.*127\.0\.0\.1:1/);
    assert.match(String(bench.info.hint), /__address__/);
    assert.equal(bench.sink.profiles.length, 1);
  });

  test('gives a measured profile the time it is measured for on top', async (t) => {
    const bench = await Bench.open(t);
    const slow = { body: fixture('go-profile-1'), delayMs: 15_500 };
    bench.target.serve('/debug/pprof/profile', slow);
    await bench.start(
      bench.scrapeText(`scrape_timeout = "2s"\n${only('process_cpu', 'delta = true')}`) + bench.writeText(),
    );
    await bench.test.advance(interval + 15_600);
    assert.deepEqual([bench.info.health, bench.sink.profiles.length], ['up', 1]);
    assert.ok((await bench.metric('pyroscope_scrape_missed_total')) >= 1);
  });

  test('leaves the component healthy: it is the target that is ill', async (t) => {
    const bench = await Bench.open(t);
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.test.advance(interval);
    assert.match(String(bench.info.last_error), /\(404\)/);
    const [scrape] = bench.test.pipeline
      .components()
      .filter(({ localId }) => localId === 'pyroscope.scrape.main');
    assert.equal(scrape?.health.state, 'healthy');
  });

  test('goes on as it was after a reload with arguments that are refused', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.scraped(1);
    const bad = bench.scrapeText(`scrape_timeout = "0s"\n${only('goroutine')}`) + bench.writeText();
    assert.equal((await bench.test.load(bad)).ok, false);
    await bench.scraped(3);
    assert.equal(bench.sink.profiles.length, 3);
  });

  test('does not lose its place when the interval stays and other arguments change', async (t) => {
    const bench = await Bench.open(t);
    bench.serveGoroutines();
    await bench.start(bench.scrapeText() + bench.writeText());
    await bench.scraped(1);
    const before = Date.parse(String(bench.info.last_scrape));
    await bench.reload(bench.scrapeText(`bearer_token = "x"\n${only('goroutine')}`) + bench.writeText());
    await bench.scraped(2);
    assert.equal(Date.parse(String(bench.info.last_scrape)) - before, interval);
    assert.equal(bench.target.requests[1]?.headers.authorization, 'Bearer x');
  });
});
