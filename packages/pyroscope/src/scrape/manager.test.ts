import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Target } from '@pewter/discovery';
import { testContext } from '@pewter/testkit';
import { Registry } from 'prom-client';
import { delivered, type Profile } from '../profiles-receiver.ts';
import { fixture } from '../reference.test-help.ts';
import { FakeHttp } from './fake-http.test-help.ts';
import { type Plan, ScrapeManager } from './manager.ts';
import { createScrapeMetrics } from './metrics.ts';
import { builtinTypes } from './profile-types.ts';

const interval = 10_000;

function planOf(block: string, targets: readonly Record<string, string>[], over: Partial<Plan> = {}): Plan {
  const types = builtinTypes.map((type) => ({ ...type, enabled: type.block === block }));
  const settings = { jobName: '', scheme: 'http', pathPrefix: '', params: new Map(), deltaSeconds: 9, types };
  return { targets: targets.map(Target.of), settings, intervalMs: interval, timeoutMs: 5000, ...over };
}

const at = (address: string) => ({ __address__: address });
const urlOf = (address: string) => `http://${address}/debug/pprof/goroutine`;

function setUp(plan: Plan, owns: () => boolean = () => true) {
  const context = testContext();
  const http = new FakeHttp(context.clock);
  const received: Profile[] = [];
  const receiver = {
    async append(profile: Profile) {
      received.push(profile);
      return delivered;
    },
  };
  const registry = new Registry();
  const metrics = createScrapeMetrics(registry);
  const manager = new ScrapeManager({ context, http, metrics, receiver, ownership: { owns } }, plan);
  const metric = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values[0]?.value;
  return { manager, http, received, clock: context.clock, lines: context.lines, metric };
}

/** Waits some real time for what is computed outside the event loop. */
async function eventually(holds: () => boolean): Promise<void> {
  const end = performance.now() + 5000;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 2));
  assert.ok(holds(), `not within 5 s: ${holds}`);
}

describe('the scrape manager', () => {
  test('scrapes at once what it is given, at most one interval after it begins', async () => {
    const { manager, http, clock } = setUp(planOf('goroutine', [at('a:1')]));
    manager.run();
    await clock.advance(interval);
    assert.equal(http.timesOf(urlOf('a:1')).length, 1);
    await manager.stop(0);
  });

  test('follows new targets within 250 ms, however often they change', async () => {
    const { manager, clock, metric } = setUp(planOf('goroutine', []));
    manager.run();
    for (let count = 1; count <= 50; count++) {
      const targets = Array.from({ length: count }, (_, index) => at(`h${index}:1`));
      manager.update(planOf('goroutine', targets));
      await clock.advance(4);
    }
    await clock.advance(50);
    assert.equal(await metric('pyroscope_scrape_loops'), 50);
    await manager.stop(0);
    assert.equal(clock.pending, 0);
  });

  test('leaves the loops of all other targets alone when one changes', async () => {
    const { manager, http, clock } = setUp(planOf('goroutine', [at('a:1'), at('b:1')]));
    manager.run();
    await clock.advance(interval * 1.5);
    manager.update(planOf('goroutine', [at('a:1'), at('c:1')]));
    await clock.advance(interval * 2);
    const times = http.timesOf(urlOf('a:1'));
    assert.deepEqual(
      times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0))),
      times.slice(1).map(() => interval),
    );
    assert.ok(http.timesOf(urlOf('c:1')).length >= 1);
    assert.ok(http.timesOf(urlOf('b:1')).every((time) => time < interval * 1.5 + 250));
    await manager.stop(0);
  });

  test('keeps the base of differences and what is known of a target when the interval changes', async () => {
    const { manager, http, received, clock } = setUp(planOf('memory', [at('a:1')]));
    http.serve('http://a:1/debug/pprof/allocs', fixture('go-allocs-1'), fixture('go-allocs-2'));
    manager.run();
    await clock.advance(interval);
    await eventually(() => manager.statuses[0]?.[1].health === 'up');
    manager.update(planOf('memory', [at('a:1')], { intervalMs: 4000 }));
    await clock.advance(250);
    assert.equal(manager.statuses[0]?.[1].health, 'up');
    await clock.advance(4000);
    await eventually(() => received.length > 0);
    assert.equal(received[0]?.labels.find(({ name }) => name === '__delta__')?.value, 'false');
    await manager.stop(0);
  });

  test('refuses bad targets alone, counts and shows them, and says so once', async () => {
    const bad = { __address__: 'http://x', service_name: 's' };
    const { manager, clock, lines, metric } = setUp(planOf('goroutine', [bad, at('a:1'), bad]));
    manager.run();
    manager.update(planOf('goroutine', [bad, at('a:1')]));
    await clock.advance(250);
    assert.deepEqual([manager.statuses.length, manager.refused.length], [1, 1]);
    assert.equal(await metric('pyroscope_scrape_refused_targets'), 1);
    assert.equal(lines.filter(({ msg }) => msg === 'target refused').length, 1);
    await manager.stop(0);
  });

  test('says which other target is refused later for the same reason', async () => {
    const bad = (team: string) => ({ __address__: `${team}:1`, 'no-label': 'x' });
    const { manager, clock, lines } = setUp(planOf('goroutine', [bad('a')]));
    manager.run();
    manager.update(planOf('goroutine', [bad('a'), bad('b')]));
    await clock.advance(250);
    const told = lines.filter(({ msg }) => msg === 'target refused').map(({ target }) => target);
    assert.deepEqual(told, [urlOf('a:1'), urlOf('b:1')]);
    await manager.stop(0);
  });

  test('logs no credentials of targets that it refuses, or gives up at its end', async () => {
    const token = { __param_token: 'hunter2' };
    const without = { service_name: 's', ...token };
    const refused = { ...at('a:1'), ...token, 'no-label': 'x' };
    const { manager, http, clock, lines } = setUp(
      planOf('goroutine', [without, refused, { ...at('b:1'), ...token }]),
    );
    http.request = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    manager.run();
    await clock.advance(interval);
    const stopped = manager.stop(1000);
    await clock.advance(1000);
    await stopped;
    const told = lines.map(({ msg }) => msg);
    assert.equal(told.filter((msg) => msg === 'target refused').length, 2);
    assert.ok(told.some((msg) => String(msg).startsWith('scrapes under way given up')));
    assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
  });

  test('scrapes only what it owns', async () => {
    const { manager, clock, metric } = setUp(planOf('goroutine', [at('a:1')]), () => false);
    manager.run();
    await clock.advance(250);
    assert.equal(await metric('pyroscope_scrape_loops'), 0);
    await manager.stop(0);
  });

  test('survives a fault in its own work, from the beginning and from a timer, and goes on as it was', async () => {
    let broken = true;
    const owns = () => {
      if (broken) throw new Error('a bug');
      return true;
    };
    const { manager, clock, lines, metric } = setUp(planOf('goroutine', [at('a:1')]), owns);
    manager.run();
    broken = false;
    manager.update(planOf('goroutine', [at('a:1')]));
    await clock.advance(250);
    broken = true;
    manager.update(planOf('goroutine', [at('b:1')]));
    await clock.advance(250);
    assert.equal(await metric('pyroscope_scrape_loops'), 1);
    assert.deepEqual(
      lines.filter(({ level }) => level === 'error').map(({ msg, err }) => [msg, err]),
      Array.from({ length: 2 }, () => ['targets could not be synced', 'a bug']),
    );
    await manager.stop(0);
  });
});
