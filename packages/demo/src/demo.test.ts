import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { heaviest, type Profile, readProfile, summarise } from '@pewter/pprof';
import { type Demo, startDemo } from './demo.ts';

/** Functions of each service's own that do its work. */
const own: Readonly<Record<string, readonly string[]>> = {
  search: ['tokenize', 'stemWord', 'addDocument', 'countWords', 'renderInline', 'escapeHtml'],
  orders: ['parseOrders', 'parseLine', 'splitLine', 'toOrder', 'summarizeBy', 'summarizeGroup'],
};

describe('the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  const fetchProfile = async (address: string, path: string): Promise<Profile> => {
    const response = await fetch(`http://${address}/debug/pprof/${path}`);
    const result = await readProfile(new Uint8Array(await response.arrayBuffer()));
    assert.ok('profile' in result);
    return result.profile;
  };

  test('lists its services in the form of HTTP service discovery', async () => {
    const groups: unknown = await (await fetch(demo.discoveryUrl)).json();
    assert.deepEqual(
      groups,
      demo.services.map(({ name, address }) => ({
        targets: [address],
        labels: {
          __meta_demo_service: name,
          __meta_demo_runtime: 'node',
          __meta_demo_environment: 'demo',
          __meta_demo_profiled: 'true',
        },
      })),
    );
  });

  test("each service's profiles show that service's own work", async () => {
    assert.deepEqual(
      demo.services.map(({ name }) => name),
      ['search', 'orders'],
    );
    await Promise.all(
      demo.services.map(async ({ name, address }) => {
        const cpu = heaviest(await fetchProfile(address, 'profile?seconds=2'), 4, 'cpu');
        assert.ok(
          cpu.some((entry) => own[name]?.includes(entry.name)),
          JSON.stringify(cpu.map((entry) => entry.name)),
        );
        const heap = heaviest(await fetchProfile(address, 'allocs'), 6, 'alloc_space');
        assert.ok(
          heap.some((entry) => own[name]?.includes(entry.name)),
          JSON.stringify(heap.map((entry) => entry.name)),
        );
      }),
    );
  });

  test('allocations are cumulative', async () => {
    const address = demo.services[0]?.address ?? '';
    const [first, second] = [await fetchProfile(address, 'allocs'), await fetchProfile(address, 'allocs')];
    assert.ok((summarise(second).sums[0] ?? 0n) >= (summarise(first).sums[0] ?? 0n));
  });

  test('leaves nothing behind when it closes, and closes twice', async () => {
    await demo.close();
    await demo.close();
    for (const { address } of demo.services) await assert.rejects(fetch(`http://${address}/`));
  });
});
