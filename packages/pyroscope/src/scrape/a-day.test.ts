import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Target } from '@pewter/discovery';
import type { HttpRequest, HttpResponse } from '@pewter/http-client';
import { testContext } from '@pewter/testkit';
import { Registry } from 'prom-client';
import { delivered } from '../profiles-receiver.ts';
import { type Plan, ScrapeManager } from './manager.ts';
import { createScrapeMetrics } from './metrics.ts';
import { stepFor, untilFirst } from './moments.ts';
import { builtinTypes } from './profile-types.ts';
import { buildTargets } from './scrape-target.ts';

const minute = 60_000;
const hour = 60 * minute;
const interval = 5 * minute;
const pace = { intervalMs: interval, stepMs: stepFor(50, interval) };
/** How long after an update its loops begin and end. */
const coalesced = 100;

/** The smallest profile: one sample type and its strings. */
const profile = Uint8Array.of(0x0a, 4, 8, 1, 16, 2, 0x32, 0, 0x32, 1, 0x61, 0x32, 1, 0x62);

const settings = {
  jobName: '',
  scheme: 'http',
  pathPrefix: '',
  params: new Map(),
  deltaSeconds: 9,
  types: builtinTypes.map((type) => ({ ...type, enabled: type.block === 'goroutine' })),
};

/** Each tenth request of a target fails, and each fiftieth takes longer than the interval. */
class UnreliableHttp {
  readonly asked = new Map<string, number>();
  failed = 0;
  slow = 0;
  readonly #clock: ReturnType<typeof testContext>['clock'];

  constructor(clock: ReturnType<typeof testContext>['clock']) {
    this.#clock = clock;
  }

  async request({ url }: HttpRequest): Promise<HttpResponse> {
    const count = (this.asked.get(url) ?? 0) + 1;
    this.asked.set(url, count);
    const answer = { status: 200, headers: {}, body: profile, url };
    if (count % 50 === 0) {
      this.slow++;
      await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, 1.5 * interval));
    } else if (count % 10 === 0) {
      this.failed++;
      return { ...answer, status: 500, body: Buffer.from('no') };
    }
    return answer;
  }

  async close(): Promise<void> {}
}

/** When a target has a loop. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How many moments of its place within the interval fall into stretches: the definition, not the loop. */
function due(address: string, stretches: readonly Stretch[], start: number): number {
  const [target] = buildTargets([['__address__', address]], settings).targets;
  assert.ok(target);
  const { hash } = target;
  return stretches.reduce((sum, { from, to }) => {
    const first = from + untilFirst(start + from, pace, hash);
    return sum + Math.max(0, Math.ceil((to - first) / interval));
  }, 0);
}

test('a day of 50 targets, with changes, failures and reloads, has exactly the scrapes that are due', async () => {
  const context = testContext();
  const { clock } = context;
  const start = clock.now();
  const http = new UnreliableHttp(clock);
  const registry = new Registry();
  const metrics = createScrapeMetrics(registry);
  const receiver = { append: async () => delivered };
  let addresses = Array.from({ length: 50 }, (_, index) => `h${index}:1`);
  const plan = (): Plan => ({
    targets: addresses.map((address) => Target.of({ __address__: address })),
    settings,
    intervalMs: interval,
    timeoutMs: 2 * interval,
  });
  const stretches = new Map<string, Stretch[]>(addresses.map((one) => [one, [{ from: 0, to: 24 * hour }]]));
  const manager = new ScrapeManager(
    { context, http, metrics, receiver, ownership: { owns: () => true } },
    plan(),
  );
  manager.run();
  for (let at = 1; at < 24; at++) {
    await clock.advance(at * hour - clock.monotonic());
    // Every hour one target goes and another one comes; every third hour the one that went is back, too; the other reloads change nothing.
    const [gone = '', ...rest] = addresses;
    const come = at % 3 === 0 ? [`new${at}:1`, `h${at - 2}:1`] : [`new${at}:1`];
    addresses = [...rest, ...come];
    const now = at * hour + coalesced;
    close(stretches.get(gone), now);
    for (const one of come) if (!rest.includes(one)) open(stretches, one, now);
    manager.update(plan());
    await clock.advance(1000);
    manager.update(plan());
  }
  await clock.advance(24 * hour - clock.monotonic());

  const values = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values ?? [];
  const missed = (await values('pyroscope_scrape_missed_total')).reduce((sum, { value }) => sum + value, 0);
  const expected = [...stretches].reduce((sum, [one, when]) => sum + due(one, when, start), 0);
  const made = [...http.asked.values()].reduce((sum, count) => sum + count, 0);
  // A slow scrape has the next moment skipped, and nothing else has.
  assert.ok(expected > 14_000 && http.slow > 200 && http.failed > 1000);
  assert.equal(made + missed, expected);
  assert.ok(missed <= http.slow && missed >= http.slow - addresses.length - 24, `${missed} of ${http.slow}`);
  const down = (await values('pyroscope_scrapes_total')).find(({ labels }) => labels.result === 'down');
  assert.equal(down?.value, http.failed);
  const stopped = manager.stop(3 * interval);
  await clock.advance(2 * interval);
  await stopped;
  assert.equal(clock.pending, 0);
});

function close(stretches: Stretch[] | undefined, to: number): void {
  const last = stretches?.pop();
  if (last !== undefined) stretches?.push({ ...last, to });
}

function open(all: Map<string, Stretch[]>, address: string, from: number): void {
  all.set(address, [...(all.get(address) ?? []), { from, to: 24 * hour }]);
}
