import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ScrapePool } from './pool.ts';
import { builtinTypes } from './profile-types.ts';
import { buildTargets, type ScrapeTarget } from './scrape-target.ts';

/** A pool whose loops only note that they were started and stopped, by port. */
function setUp() {
  const events: string[] = [];
  const factory = {
    start(target: ScrapeTarget) {
      const name = target.labels.find((label) => label.name === 'instance')?.value ?? '';
      events.push(`start ${name}`);
      return { nextDue: () => 0, stop: async () => void events.push(`stop ${name}`) };
    },
  };
  return { pool: new ScrapePool(factory, new AbortController().signal), events };
}

function target(address: string, more: Record<string, string> = {}): ScrapeTarget {
  const types = builtinTypes.filter(({ block }) => block === 'goroutine');
  const settings = {
    jobName: '',
    scheme: 'http',
    pathPrefix: '',
    params: new Map(),
    deltaSeconds: 14,
    types,
  };
  const built = buildTargets(Object.entries({ __address__: address, ...more }), settings);
  assert.ok(built.targets[0]);
  return built.targets[0];
}

describe('a pool of scrape loops', () => {
  test('touches only the loop whose target came or went', () => {
    const { pool, events } = setUp();
    pool.sync([target('a:1'), target('b:1')]);
    pool.sync([target('b:1'), target('c:1')]);
    assert.deepEqual(events, ['start a:1', 'start b:1', 'stop a:1', 'start c:1']);
  });

  test('of ten thousand targets touches one loop when one target changes', () => {
    const { pool, events } = setUp();
    const all = Array.from({ length: 10_000 }, (_, index) => target(`h${index}:1`));
    pool.sync(all);
    events.length = 0;
    pool.sync(all.with(5000, target('new:1')));
    assert.deepEqual(events, ['stop h5000:1', 'start new:1']);
  });

  test('runs one loop for targets that are equal in what is public and in their URL', () => {
    const { pool, events } = setUp();
    pool.sync([target('a:1'), target('a:1', { __meta_x: '1' }), target('a:1', { x: '1' })]);
    assert.deepEqual(events, ['start a:1', 'start a:1']);
    assert.equal(pool.targets.length, 2);
  });

  test('replaces a loop whose internal labels changed', () => {
    const { pool, events } = setUp();
    pool.sync([target('a:1', { __meta_x: '1' })]);
    pool.sync([target('a:1', { __meta_x: '2' })]);
    assert.deepEqual(events, ['start a:1', 'stop a:1', 'start a:1']);
  });

  test('begins every loop anew when it is told to', () => {
    const { pool, events } = setUp();
    pool.sync([target('a:1')]);
    pool.restart([target('a:1')]);
    assert.deepEqual(events, ['start a:1', 'stop a:1', 'start a:1']);
  });

  test('waits for all loops when it stops', async () => {
    const { pool, events } = setUp();
    pool.sync([target('a:1'), target('b:1')]);
    await pool.stop();
    assert.deepEqual(events.slice(2), ['stop a:1', 'stop b:1']);
    assert.equal(pool.targets.length, 0);
  });
});
