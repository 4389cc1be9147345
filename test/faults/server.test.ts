import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { durable, pipeline, plain } from './configs.ts';
import { Load, lost, type Manner, NumberedSink, takes } from './numbered-sink.ts';
import { Subject, until } from './subject.ts';

/** What a server can do wrong; each ends with one that takes what comes. */
const faults: Readonly<Record<string, Manner>> = {
  'answers 200 slowly': async (response, request) => {
    await delay(300);
    await takes(response, request);
  },
  'sends its headers and resets': (response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.flushHeaders();
    response.socket?.resetAndDestroy();
  },
  'answers garbage': (response) => {
    response.socket?.end('\u0000\u0001 this is no HTTP\r\n\r\n');
  },
  'never answers': () => undefined,
  'says that it is busy': (response) => void response.writeHead(429, { 'retry-after': '1' }).end(),
  fails: (response) => void response.writeHead(500).end('no'),
};

describe('a server that', { timeout: 300_000 }, () => {
  for (const [what, manner] of Object.entries(faults)) {
    test(`${what} costs no profile, though the config is reloaded and the process killed meanwhile`, async () => {
      await using sink = await NumberedSink.start();
      sink.manner = manner;
      const config = pipeline(durable(sink.url));
      await using subject = await Subject.create(config);
      await subject.start();
      await using load = new Load(subject.receive, 4);
      load.start();
      await until(() => sink.requests > 0, 'it is asked');
      await delay(300);
      assert.equal((await subject.reload(pipeline(durable(sink.url, 'max_bytes = 100000000')))).status, 200);
      await delay(300);
      await subject.kill();
      await subject.start();
      sink.manner = takes;
      await delay(300);
      await load.stop();
      await until(() => lost(load, sink).length === 0, 'all that was acknowledged has arrived').catch(
        () => undefined,
      );
      assert.deepEqual(lost(load, sink), []);
      assert.deepEqual(sink.outOfOrder, []);
      assert.ok(load.acknowledged.length > 0);
    });
  }
});

describe('an endpoint that is dead', { timeout: 300_000 }, () => {
  test('takes nothing away from another one, and gets all of it later where it has a queue', async () => {
    await using alive = await NumberedSink.start();
    await using dead = await NumberedSink.start();
    await dead.die();
    await using subject = await Subject.create(pipeline(durable(dead.url, '', 'dead'), plain(alive.url)));
    await subject.start();
    await using load = new Load(subject.receive, 8);
    load.start();
    await until(() => alive.arrivals.length > 300, 'the other one gets profiles');
    await load.stop();
    assert.deepEqual(lost(load, alive), [], 'the living one has everything at once');
    assert.equal(dead.arrivals.length, 0);
    await dead.rise();
    await until(() => lost(load, dead).length === 0, 'the other one gets everything once it is back');
    const times = dead.arrivals.map(({ query }) => Number(query.get('from')));
    assert.ok(
      times.every((from) => from > 1_600_000_000),
      'at the time at which it came',
    );
  });

  test('delays the end of the process by the time of its drain alone; the last line of the log counts what is lost', async () => {
    await using dead = await NumberedSink.start();
    await dead.die();
    await using subject = await Subject.create(pipeline(`${plain(dead.url)}\n\t\tmax_backoff_retries = 0`));
    await subject.start();
    for (let number = 0; number < 5; number++)
      void fetch(`${subject.receive}/ingest?name=s${number}`, { method: 'POST', body: 'x' }).catch(
        () => undefined,
      );
    await until(async () => (await subject.metric('pyroscope_write_retries_total')) > 5, 'it is tried');
    const { status, took } = await subject.stop();
    assert.equal(status, 0);
    assert.ok(took < 15_000, `${took} ms`);
    assert.match(subject.lines.at(-1) ?? '', /msg=stopped profiles_on_disk=0 profiles_lost=5/);
  });
});

describe('a clock that jumps', { timeout: 300_000 }, () => {
  const jumper = `let by = 0; const now = Date.now; Date.now = () => now() + by;
    process.on('SIGUSR2', () => { by += 400 * 86400000; });
    process.on('SIGWINCH', () => { by -= 800 * 86400000; });`;

  test('by a year, on and back, ages no profile in a queue', async () => {
    await using sink = await NumberedSink.start();
    await sink.die();
    await using subject = await Subject.create(pipeline(durable(sink.url, 'max_age = "1h"')), {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(jumper)}` },
    });
    await subject.start();
    await using load = new Load(subject.receive, 4);
    load.start();
    for (const signal of ['SIGUSR2', 'SIGWINCH'] as const) {
      await delay(400);
      process.kill(subject.pid, signal);
    }
    await delay(400);
    await subject.reload();
    await load.stop();
    await sink.rise();
    await until(() => lost(load, sink).length === 0, 'all arrives').catch(() => undefined);
    assert.deepEqual(lost(load, sink), []);
    assert.ok(load.acknowledged.length > 20);
  });
});
