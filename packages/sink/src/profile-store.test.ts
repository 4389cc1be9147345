import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { plainProfile } from './fixtures.test-help.ts';
import { ProfileStore } from './profile-store.ts';

const received = (service: string, size = 100) => {
  const profile = plainProfile(['cpu', 'nanoseconds'], { main: 1 });
  return { labels: { service_name: service, __name__: 'cpu' }, id: '', bytes: new Uint8Array(size), profile };
};
const day = 86_400_000;

describe('the store of a sink', () => {
  test('keeps at most so many bytes, the oldest go first, and series without profiles with them', () => {
    const store = new ProfileStore(undefined, { maxBytes: 250, maxAgeMs: day });
    for (const service of ['a', 'b', 'b']) store.add(received(service));
    assert.deepEqual(
      store.series().map(({ labels, profiles }) => [labels.service_name, profiles]),
      [['b', 2]],
    );
    store.close();
  });

  test('keeps profiles for so long', () => {
    let now = 0;
    const store = new ProfileStore(undefined, { maxBytes: 1e6, maxAgeMs: day }, () => now);
    store.add(received('a'));
    now = day + 1;
    store.add(received('b'));
    assert.deepEqual(
      store.series().map(({ labels }) => labels.service_name),
      ['b'],
    );
    store.close();
  });

  test('has what an earlier one kept in its file', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'sink-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'sink.db');
    const retention = { maxBytes: 250, maxAgeMs: day };
    const first = new ProfileStore(path, retention);
    first.add(received('a'));
    first.add(received('a'));
    first.close();
    const second = new ProfileStore(path, retention);
    second.add(received('a'));
    assert.equal(second.series()[0]?.profiles, 2);
    second.close();
  });

  test('gives the profiles of a time, newest first', () => {
    let now = 1000;
    const store = new ProfileStore(undefined, { maxBytes: 1e6, maxAgeMs: day }, () => now);
    for (now = 1000; now <= 4000; now += 1000) store.add(received('a'));
    const times = (from: number, until: number, most: number) =>
      store.profiles(1, from, until, most).map(({ time }) => time);
    assert.deepEqual(times(2000, 3000, 10), [3000, 2000]);
    assert.deepEqual(times(0, 9000, 1), [4000]);
    assert.equal(store.body(1)?.length, 100);
    assert.equal(store.body(99), undefined);
    store.close();
  });
});
