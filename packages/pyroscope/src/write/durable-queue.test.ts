import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryDatabases, settle, testContext } from '@pewter/testkit';
import { type AppendResult, delivered, type Profile } from '../profiles-receiver.ts';
import { DurableQueue, type DurableQueueOptions } from './durable-queue.ts';

const never = new AbortController().signal;
const path = '/data/queue.db';

const profile = (id: string, series = 'a', size = 3): Profile => ({
  labels: [{ name: 'service_name', value: series }],
  bytes: new Uint8Array(size).fill(7),
  id,
});

async function setUp(over: Partial<DurableQueueOptions> = {}, databases = new MemoryDatabases()) {
  const context = testContext({ databases });
  const drops: string[] = [];
  let failures = 0;
  const queue = new DurableQueue({
    context,
    path,
    fsync: 'interval',
    maxBytes: 1000,
    maxAge: 3_600_000,
    maxUnstoredBytes: 500,
    dropped: (count, _bytes, why) => drops.push(`${count} ${why}`),
    failed: () => failures++,
    ...over,
  });
  await queue.start();
  const results: AppendResult[] = [];
  const put = (one: Profile) => queue.put(one, (result) => results.push(result));
  const take = async () => (await queue.take(never)) ?? assert.fail('nothing was taken');
  const { clock } = context;
  /** Long enough for a transaction. */
  const written = async () => {
    await clock.advance(20);
    await settle();
  };
  const stored = () =>
    databases.rows(path, 'SELECT name FROM profile_v1 ORDER BY id').map(({ name }) => name);
  return {
    queue,
    put,
    take,
    clock,
    written,
    stored,
    results,
    drops,
    databases,
    lines: context.lines,
    failures: () => failures,
  };
}

describe('a durable queue', () => {
  test('acknowledges a profile once it is in the file, and removes it once it is answered', async () => {
    const { put, take, written, stored, results } = await setUp();
    put(profile('1'));
    await settle();
    assert.deepEqual([results, stored()], [[], []]);
    await written();
    assert.deepEqual([results, stored()], [[delivered], ['1']]);
    (await take()).finish(delivered);
    await written();
    assert.deepEqual(stored(), []);
  });

  test('counts what is being sent until that is answered', async () => {
    const { queue, put, take } = await setUp();
    put(profile('1'));
    const taken = await take();
    assert.deepEqual([queue.size.profiles, queue.size.bytes > 0], [1, true]);
    taken.release();
    assert.equal(queue.size.profiles, 1);
    (await take()).finish(delivered);
    assert.deepEqual([queue.size.profiles, queue.size.bytes], [0, 0]);
  });

  test('writes many profiles in one transaction, and none that was answered before', async () => {
    const { put, take, written, stored, databases, results } = await setUp();
    const before = databases.transactions;
    for (const id of ['1', '2', '3']) put(profile(id, id));
    (await take()).finish(delivered);
    await written();
    assert.equal(databases.transactions - before, 1);
    assert.deepEqual([stored(), results.length], [['2', '3'], 3]);
  });

  test('gives what an earlier process left, first and in order, with labels, bytes and id as they were', async () => {
    const first = await setUp();
    for (const id of ['1', '2']) first.put(profile(id));
    await first.written();
    first.databases.kill();
    const second = await setUp({}, first.databases);
    second.put(profile('3'));
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const taken = await second.take();
      assert.deepEqual(
        { ...taken.profile, bytes: [...taken.profile.bytes] },
        { ...profile(taken.profile.id), bytes: [7, 7, 7] },
      );
      ids.push(taken.profile.id);
      taken.finish(delivered);
    }
    assert.deepEqual(ids, ['1', '2', '3']);
    await second.written();
    assert.deepEqual(second.stored(), []);
  });

  test('has one profile of a series under way at a time', async () => {
    const { queue, put, take } = await setUp();
    put(profile('1', 'a'));
    put(profile('2', 'a'));
    put(profile('3', 'b'));
    const [first, second] = [await take(), await take()];
    assert.deepEqual([first.profile.id, second.profile.id], ['1', '3']);
    const third = queue.take(never);
    first.release();
    assert.equal((await third)?.profile.id, '1');
  });

  test('keeps what was not sent when it ends, and says how much', async () => {
    const { queue, put, take, stored } = await setUp();
    for (const id of ['1', '2']) put(profile(id));
    const taken = await take();
    queue.close();
    taken.release();
    assert.deepEqual(await queue.end(), { kept: 2, lost: 0 });
    assert.deepEqual(stored(), ['1', '2']);
  });

  test('gives up the oldest when it holds too much, or when they are too old', async () => {
    const { put, written, stored, drops, clock } = await setUp({ maxBytes: 10, maxAge: 60_000 });
    for (const id of ['1', '2', '3', '4']) put(profile(id));
    await written();
    assert.deepEqual([stored(), drops], [['2', '3', '4'], ['1 the queue is full']]);
    await clock.advance(61_000);
    put(profile('5'));
    await written();
    await written();
    assert.deepEqual(stored(), ['5']);
    assert.equal(drops.at(-1), '1 too old to be sent');
  });

  test('does not let a jump of the wall clock age what it holds', async () => {
    const { put, take, clock } = await setUp({ maxAge: 60_000 });
    put(profile('1'));
    clock.jump(365 * 86_400_000);
    assert.equal((await take()).profile.id, '1');
    const later = await setUp({ maxAge: 60_000 });
    later.put(profile('2'));
    later.clock.jump(-365 * 86_400_000);
    assert.equal((await later.take()).profile.id, '2');
  });

  for (const problem of ['full', 'read-only'] as const) {
    test(`goes on in memory while its disk is ${problem}, says so, and stores what is left once it works`, async () => {
      const { queue, put, take, written, stored, results, databases, clock, lines, failures } = await setUp();
      databases.fail(problem);
      for (const id of ['1', '2']) put(profile(id));
      await written();
      assert.deepEqual([results, stored()], [[], []]);
      assert.match(queue.problem ?? '', /kept in memory/);
      assert.equal(failures(), 1);
      (await take()).finish(delivered);
      databases.fail(undefined);
      await clock.advance(2_000);
      await written();
      assert.deepEqual([results.length, stored(), queue.problem], [2, ['2'], undefined]);
      assert.deepEqual(lines.map(({ msg }) => msg).at(-1), 'queue file works again');
    });
  }

  test('bounds what is in memory while the file does not work', async () => {
    const { put, written, results, drops, databases } = await setUp({ maxUnstoredBytes: 6 });
    databases.fail('full');
    for (const id of ['1', '2', '3']) put(profile(id));
    await written();
    assert.deepEqual(drops, ['1 the queue file does not work and memory is full']);
    assert.equal(results[0]?.delivered, false);
  });

  test('begins a new file when the old one is damaged, with all that is still in memory', async () => {
    const { put, written, stored, databases, clock, queue } = await setUp();
    put(profile('1'));
    await written();
    databases.damage(path);
    put(profile('2'));
    await written();
    assert.match(queue.problem ?? '', /damaged/);
    await clock.advance(2_000);
    await written();
    assert.deepEqual(stored().toSorted(), ['1', '2']);
  });

  test('gives up a stored profile whose bytes are not what was written', async () => {
    const first = await setUp();
    for (const id of ['1', '2']) first.put(profile(id));
    await first.written();
    first.databases.rows(path, "UPDATE profile_v1 SET body = x'00' WHERE name = '1'");
    first.databases.kill();
    const second = await setUp({}, first.databases);
    assert.equal((await second.take()).profile.id, '2');
    assert.deepEqual(second.drops, ['1 damaged in the queue file']);
  });

  test('keeps what came while its file was being opened, though it ends before that is done', async () => {
    const context = testContext({ databases: new MemoryDatabases() });
    const none = () => undefined;
    const limits = { maxBytes: 1000, maxAge: 60_000, maxUnstoredBytes: 1000 };
    const queue = new DurableQueue({
      context,
      path,
      fsync: 'interval',
      ...limits,
      dropped: none,
      failed: none,
    });
    void queue.start();
    queue.put(profile('1'), none);
    assert.deepEqual(await queue.end(), { kept: 1, lost: 0 });
  });

  test('counts as lost what it can neither send nor store', async () => {
    const { queue, put, databases, results } = await setUp();
    databases.fail('full');
    put(profile('1'));
    assert.deepEqual(await queue.end(), { kept: 0, lost: 1 });
    assert.deepEqual(results, [{ delivered: false, reason: 'dropped: the component stopped' }]);
  });
});
