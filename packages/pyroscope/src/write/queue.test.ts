import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryQueue } from './queue.ts';

const entry = (id: string, size = 1) => ({
  profile: { labels: [], bytes: new Uint8Array(size), id },
  settle: () => {},
});
const ids = (entries: readonly { profile: { id: string } }[]) => entries.map(({ profile }) => profile.id);

describe('the queue of an endpoint', () => {
  test('gives profiles in the order in which they came', async () => {
    const queue = new MemoryQueue({ maxProfiles: 10, maxBytes: 100 });
    for (const id of ['a', 'b']) queue.put(entry(id));
    assert.equal((await queue.take())?.profile.id, 'a');
    assert.equal((await queue.take())?.profile.id, 'b');
  });

  test('gives up the oldest when it has too many', () => {
    const queue = new MemoryQueue({ maxProfiles: 2, maxBytes: 100 });
    const dropped = ['a', 'b', 'c'].flatMap((id) => [...queue.put(entry(id))]);
    assert.deepEqual(ids(dropped), ['a']);
    assert.deepEqual(ids(queue.drain()), ['b', 'c']);
  });

  test('gives up the oldest when they are too large, but takes one that is too large alone', () => {
    const queue = new MemoryQueue({ maxProfiles: 10, maxBytes: 10 });
    assert.deepEqual(ids(queue.put(entry('a', 6))), []);
    assert.deepEqual(ids(queue.put(entry('b', 6))), ['a']);
    assert.deepEqual(ids(queue.put(entry('c', 50))), ['b']);
    assert.equal(queue.size, 1);
  });

  test('wakes who waits, and tells them when it is closed', async () => {
    const queue = new MemoryQueue({ maxProfiles: 10, maxBytes: 10 });
    const [first, second] = [queue.take(), queue.take()];
    queue.put(entry('a'));
    assert.equal((await first)?.profile.id, 'a');
    queue.close();
    assert.equal(await second, undefined);
    assert.deepEqual(ids(queue.put(entry('late'))), ['late']);
  });
});
