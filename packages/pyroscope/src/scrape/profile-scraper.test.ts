import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpClientError } from '@pewter/http-client';
import { testContext } from '@pewter/testkit';
import { Registry } from 'prom-client';
import { type AppendResult, delivered, type Profile, type ProfilesReceiver } from '../profiles-receiver.ts';
import { fixture } from '../reference.test-help.ts';
import { SharedBodies, usualBodies } from './bodies.ts';
import { scrapeDebugInfo } from './debug-info.ts';
import { FakeHttp, type FakeResponse } from './fake-http.test-help.ts';
import { createScrapeMetrics } from './metrics.ts';
import { ProfileScraper } from './profile-scraper.ts';
import { createProfileStream, type ProfileStream } from './profile-stream.ts';
import { builtinTypes } from './profile-types.ts';
import { buildTargets } from './scrape-target.ts';

const url = 'http://h:1/debug/pprof/goroutine';

function target() {
  const types = builtinTypes.map((type) => ({ ...type, enabled: type.block === 'goroutine' }));
  const settings = {
    jobName: 'j',
    scheme: 'http',
    pathPrefix: '',
    params: new Map(),
    deltaSeconds: 9,
    types,
  };
  const [built] = buildTargets(Object.entries({ __address__: 'h:1', __meta_x: 'y' }), settings).targets;
  assert.ok(built);
  return built;
}

function setUp(
  answers: readonly FakeResponse[],
  over: { receiver?: ProfilesReceiver; stream?: ProfileStream } = {},
) {
  const context = testContext();
  const http = new FakeHttp(context.clock);
  http.serve(url, ...answers);
  const received: Profile[] = [];
  const released: true[] = [];
  const receiver = over.receiver ?? {
    async append(profile: Profile) {
      received.push(profile);
      return delivered;
    },
  };
  const registry = new Registry();
  const bodies = new SharedBodies(usualBodies);
  const options = { context, http, metrics: createScrapeMetrics(registry), receiver, bodies };
  const scraper = new ProfileScraper(options, target(), over.stream ?? createProfileStream(target()), 5000);
  const turn = { signal: new AbortController().signal, lateMs: 7, release: () => void released.push(true) };
  const scrape = () => scraper.scrape(turn);
  return { scraper, scrape, released, turn, bodies, received, http, context, registry };
}

describe('one scrape', () => {
  test('asks within its time, sends the body as it came, and knows how that went', async () => {
    const body = fixture('go-goroutine-1');
    const { scraper, scrape, received, http, context } = setUp([body]);
    await scrape();
    assert.equal(received[0]?.bytes, body);
    assert.deepEqual(http.requests[0]?.request.timeouts, { total: 5000 });
    const { health, statusCode, bytes, lastError, lastScrape } = scraper.status;
    assert.deepEqual(
      [health, statusCode, bytes, lastError, lastScrape],
      ['up', 200, body.length, undefined, context.clock.now()],
    );
  });

  test('does not wait for where the profile goes', async () => {
    const { scraper, scrape } = setUp([fixture('go-goroutine-1')], {
      receiver: { append: () => new Promise(() => {}) },
    });
    await scrape();
    assert.equal(scraper.status.health, 'up');
  });

  test('keeps its turn until the profile has arrived somewhere', async () => {
    const arrival = Promise.withResolvers<AppendResult>();
    const { scrape, released } = setUp([fixture('go-goroutine-1')], {
      receiver: { append: () => arrival.promise },
    });
    await scrape();
    assert.equal(released.length, 0);
    arrival.resolve(delivered);
    await arrival.promise;
    assert.equal(released.length, 1);
  });

  test('gives its turn and the bytes of its body back, whatever it came to', async () => {
    const { scrape, released, bodies } = setUp([
      { status: 500, body: Buffer.from('no') },
      Buffer.from('junk'),
    ]);
    bodies.budget.take(6);
    await scrape();
    await scrape();
    assert.deepEqual([released.length, bodies.budget.taken], [2, 0]);
  });

  test('turns a fault of its own into a failure of the target', async () => {
    const stream: ProfileStream = {
      take() {
        throw new Error('a bug');
      },
    };
    const { scraper, scrape } = setUp([fixture('go-goroutine-1')], { stream });
    await scrape();
    assert.deepEqual([scraper.status.health, scraper.status.lastError], ['down', `${url}: a bug`]);
  });

  test('that is aborted at the end leaves no trace', async () => {
    const { scraper, context, turn, released } = setUp([new HttpClientError('aborted', 'request aborted')]);
    await scraper.scrape({ ...turn, signal: AbortSignal.abort() });
    assert.deepEqual([scraper.status.health, context.lines.length, released.length], ['unknown', 0, 1]);
  });

  test('is counted while it is under way and by what it came to', async () => {
    const { scrape, registry } = setUp([fixture('go-goroutine-1'), { status: 500 }]);
    const values = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values;
    const first = scrape();
    assert.equal((await values('pyroscope_scrapes_under_way'))?.[0]?.value, 1);
    await first;
    await scrape();
    assert.equal((await values('pyroscope_scrapes_under_way'))?.[0]?.value, 0);
    const results = (await values('pyroscope_scrapes_total'))?.map(({ labels, value }) => [
      labels.result,
      value,
    ]);
    assert.deepEqual(results, [
      ['up', 1],
      ['down', 1],
    ]);
  });
});

describe('debug information', () => {
  test('has the form of the reference, and what went wrong', async () => {
    const { scraper, scrape, context } = setUp([{ status: 404, body: Buffer.from('404 page not found\n') }]);
    await scrape();
    const info = scrapeDebugInfo(
      'j',
      [[target(), scraper.status, 1000]],
      [{ labels: [], url: '', problem: 'no address' }],
    );
    assert.deepEqual(info, {
      target: [
        {
          job: 'j',
          url,
          health: 'down',
          labels: {
            __address__: 'h:1',
            __meta_x: 'y',
            __name__: 'goroutine',
            __profile_path__: '/debug/pprof/goroutine',
            __scheme__: 'http',
            instance: 'h:1',
            job: 'j',
            service_name: 'unspecified',
          },
          last_error: `server returned HTTP status (404) for ${url}: "404 page not found"`,
          hint: 'the target does not serve this profile: set the path of its profile block or path_prefix, or disable the block',
          last_scrape: new Date(context.clock.now()).toISOString(),
          last_scrape_duration: '0s',
          last_scrape_lateness: '7ms',
          next_scrape: new Date(1000).toISOString(),
          status_code: 404,
        },
        { job: 'j', url: '', health: 'down', labels: {}, last_error: 'no address' },
      ],
    });
  });

  test('of a target that was not scraped yet says so', () => {
    const { scraper } = setUp([]);
    const [info] = scrapeDebugInfo('', [[target(), scraper.status, 1000]], []).target as readonly object[];
    assert.deepEqual(Object.keys(info ?? {}), ['job', 'url', 'health', 'labels', 'next_scrape']);
    assert.equal(scraper.status.health, 'unknown');
  });
});
