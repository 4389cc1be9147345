import assert from 'node:assert/strict';
import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { durable, pipeline } from './configs.ts';
import { Load, lost, NumberedSink, pushNumber } from './numbered-sink.ts';
import { cannotMount, mountDisk } from './small-disk.ts';
import { Subject, until } from './subject.ts';

const skip = cannotMount();
/** A push that nobody waits for: without a disk and a server there is no answer yet. */
const background = (subject: Subject, number: number) =>
  void pushNumber(subject.receive, `s${number}`, number);

describe('a durable queue whose disk', { timeout: 300_000 }, () => {
  test('is full says so, counts it, acknowledges nothing that it cannot keep, and recovers', {
    skip,
  }, async () => {
    using disk = mountDisk('1m');
    await using sink = await NumberedSink.start();
    await sink.die();
    await using subject = await Subject.create(pipeline(durable(sink.url)), { storage: disk.path });
    await subject.start();
    await using load = new Load(subject.receive, 4);
    load.start();
    await until(async () => (await subject.health()).state === 'unhealthy', 'the full disk shows in health');
    assert.match((await subject.health()).message, /the disk is full.*kept in memory/);
    assert.ok((await subject.metric('pyroscope_write_queue_errors_total')) > 0);
    await subject.reload();
    await sink.rise();
    await until(async () => (await subject.health()).state === 'healthy', 'it is healthy again');
    await load.stop();
    assert.deepEqual(lost(load, sink), []);
    assert.ok(load.acknowledged.length > 20);
  });

  test('turns read-only keeps profiles in memory and sends them', { skip }, async () => {
    using disk = mountDisk('4m');
    await using sink = await NumberedSink.start();
    await using subject = await Subject.create(pipeline(durable(sink.url)), { storage: disk.path });
    disk.remount('ro');
    await subject.start();
    await until(
      async () => (await subject.health()).state === 'unhealthy',
      'the read-only folder shows in health',
    );
    assert.match((await subject.health()).message, /it cannot be written|read-only/i);
    assert.equal(await pushNumber(subject.receive, 'a', 1), true, 'sent from memory');
    disk.remount('rw');
    await sink.die();
    await until(async () => (await subject.health()).state === 'healthy', 'it is healthy again', 45_000);
    assert.equal(await pushNumber(subject.receive, 'a', 2), true, 'kept on the disk');
    await subject.kill();
    await sink.rise();
    await subject.start();
    await until(() => sink.numbers.has(2), 'what was kept is sent');
  });
});

describe('a queue file', { timeout: 300_000 }, () => {
  for (const [what, harm] of [
    ['cut short', (path: string) => truncate(path, 6000)],
    ['overwritten with noise', (path: string) => writeFile(path, Buffer.alloc(20_000, 'noise'))],
  ] as const) {
    test(`${what} between two runs is set aside and reported, and the next run works`, async () => {
      await using sink = await NumberedSink.start();
      await sink.die();
      await using subject = await Subject.create(pipeline(durable(sink.url)));
      await subject.start();
      for (let number = 0; number < 10; number++)
        assert.equal(await pushNumber(subject.receive, 'a', number), true);
      await subject.stop();
      const folder = `${subject.storage}/pyroscope.write.out`;
      await harm(`${folder}/queue-main.db`);
      await sink.rise();
      await subject.start();
      assert.equal(await pushNumber(subject.receive, 'a', 100), true);
      await until(() => sink.numbers.has(100), 'the next profile arrives');
      await until(
        () => subject.lines.some((line) => /queue file is damaged.*moved_to=/.test(line)),
        'it is reported',
      );
      assert.equal((await readdir(folder)).filter((name) => name.includes('.damaged-')).length, 1);
      assert.equal((await subject.health()).state, 'healthy');
    });
  }

  test('with noise in the body of a profile loses that profile alone, counted', async () => {
    await using sink = await NumberedSink.start();
    await sink.die();
    await using subject = await Subject.create(pipeline(durable(sink.url)));
    await subject.start();
    for (let number = 0; number < 20; number++)
      assert.equal(await pushNumber(subject.receive, 'a', number), true);
    await subject.stop();
    await overwriteText(
      `${subject.storage}/pyroscope.write.out/queue-main.db`,
      'number 7 xxxx',
      'number 7 yyyy',
    );
    await sink.rise();
    await subject.start();
    await until(() => sink.numbers.size === 19, 'the others arrive');
    assert.equal(sink.numbers.has(7), false);
    assert.equal(await subject.metric('pyroscope_write_dropped_profiles_total'), 1);
  });

  test('overwritten under a running process is survived', async () => {
    await using sink = await NumberedSink.start();
    await sink.die();
    await using subject = await Subject.create(pipeline(durable(sink.url)));
    await subject.start();
    for (let number = 0; number < 10; number++)
      assert.equal(await pushNumber(subject.receive, 'a', number), true);
    const file = `${subject.storage}/pyroscope.write.out/queue-main.db`;
    await writeFile(file, Buffer.alloc(50_000, 'noise'));
    await rm(`${file}-wal`, { force: true });
    for (let number = 10; number < 20; number++) background(subject, number);
    await subject.reload();
    await sink.rise();
    await until(() => sink.numbers.size >= 20, 'all that was in memory arrives');
    assert.equal(await pushNumber(subject.receive, 'a', 100), true);
  });

  test('that another process has open is not shared: the second one keeps profiles in memory', async () => {
    await using sink = await NumberedSink.start();
    await using first = await Subject.create(pipeline(durable(sink.url)));
    await first.start();
    await using second = await Subject.create(pipeline(durable(sink.url)), { storage: first.storage });
    await second.start();
    await until(async () => (await second.health()).state === 'unhealthy', 'it is said');
    assert.match((await second.health()).message, /another process uses it/);
    assert.equal(await pushNumber(second.receive, 'a', 1), true);
    await first.stop();
    await until(async () => (await second.health()).state === 'healthy', 'it takes the file over', 45_000);
  });
});

async function overwriteText(path: string, text: string, by: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  const at = bytes.indexOf(text);
  assert.ok(at > 0, `${text} is not in ${path}`);
  bytes.write(by, at);
  await writeFile(path, bytes);
}
