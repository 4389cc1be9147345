import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { durable, pipeline } from './configs.ts';
import { Load, lost, NumberedSink, takes } from './numbered-sink.ts';
import { seededRandom } from './seeded-random.ts';
import { Subject, until } from './subject.ts';

/** PEWTER_KILLS=200 for the long run, PEWTER_SEED for another course of it. */
const kills = Number(process.env.PEWTER_KILLS ?? 4);
const seed = Number(process.env.PEWTER_SEED ?? 1);

test(`killed ${kills} times under load (seed ${seed}), a durable queue loses nothing that was acknowledged, and keeps the order of each series`, {
  timeout: 60_000 + kills * 6_000,
}, async (t) => {
  const random = seededRandom(seed);
  await using sink = await NumberedSink.start();
  await using subject = await Subject.create(pipeline(durable(sink.url)));
  await using load = new Load(subject.receive, 8);
  load.start();
  for (let count = 0; count < kills; count++) {
    // A server that is quick, slow or gone: the queue is now empty, now full.
    const slowness = [0, 5, 60][Math.floor(random() * 3)] ?? 0;
    sink.manner = async (response, request) => {
      await delay(slowness * random());
      await takes(response, request);
    };
    const dead = random() < 0.3;
    if (dead) await sink.die();
    await subject.start();
    await delay(random() * 800);
    if (random() < 0.3)
      await subject.reload(pipeline(durable(sink.url, `max_age = "${1 + Math.floor(random() * 9)}h"`)));
    await subject.kill();
    if (dead) await sink.rise();
  }
  await load.stop();
  sink.manner = takes;
  await subject.start();
  await until(() => lost(load, sink).length === 0, 'all that was acknowledged has arrived').catch(
    () => undefined,
  );
  assert.deepEqual(lost(load, sink), []);
  assert.deepEqual(sink.outOfOrder, []);
  assert.ok(load.acknowledged.length > kills * 5, `only ${load.acknowledged.length} were acknowledged`);
  assert.equal((await subject.stop()).status, 0);
  const twice = sink.arrivals.length - sink.numbers.size;
  t.diagnostic(
    `${kills} kills: ${load.pushed} pushed, ${load.acknowledged.length} acknowledged, 0 lost, ${twice} sent more than once`,
  );
});
