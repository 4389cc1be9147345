import type { DebugInfo } from '@pewter/runtime';
import { VirtualClock } from '@pewter/testkit';
import { TestPipeline } from './test-pipeline.test-help.ts';
import { fill, type Scenario, type Servers, startServers } from './traffic-scenario.test-help.ts';

/** What a scenario came to. */
export interface Played {
  readonly servers: Servers;
  /** The config was taken. */
  readonly loaded: boolean;
  readonly messages: readonly string[];
  /** Health by id, before the end. */
  readonly health: Readonly<Record<string, string>>;
  /** Debug information by id, before the end. */
  readonly debugInfo: Readonly<Record<string, DebugInfo | undefined>>;
}

/** Plays a scenario, and stops the pipeline. The caller closes the servers. */
export async function play(scenario: Scenario): Promise<Played> {
  const clock = new VirtualClock();
  const servers = await startServers(scenario.script, clock);
  const test = new TestPipeline(clock, servers.targets.values().toArray());
  const { ok, diagnostics } = await test.load(fill(scenario.config, servers));
  if (ok) await run(scenario, test, servers);
  const infos = test.pipeline.components();
  const health = Object.fromEntries(infos.map((info) => [info.localId, info.health.state]));
  const debugInfo = Object.fromEntries(
    infos.map(({ localId }) => [localId, test.pipeline.details(localId)?.debugInfo]),
  );
  await test.stop();
  return { servers, loaded: ok, messages: diagnostics.map(({ message }) => message), health, debugInfo };
}

/** Runs for as long as the recording did: until everything was asked for and pushed that it holds, or its time is up. */
async function run({ script, expected }: Scenario, test: TestPipeline, servers: Servers): Promise<void> {
  const { settle_ms: after = 0, max_ms: most = 30_000 } = script;
  const done = () => hasEnough(script, servers) && hasAll(expected, servers);
  test.pipeline.start();
  while (test.clock.monotonic() < most && !done()) await test.step(most);
  await test.advance(after);
}

/** Every path was asked for as often as the script wants (`t /path`; `t` alone is any path). */
function hasEnough({ until = {} }: Scenario['script'], servers: Servers): boolean {
  if (Object.keys(until).length === 0) return false;
  const asked = events(servers);
  return Object.entries(until).every(([what, count]) => {
    const [on = '', path] = what.split(' ');
    const fits = asked.filter((one) => one.on === on && (path === undefined || one.path === path));
    return fits.length >= count;
  });
}

/** Every path of the recording was asked for, and as many pushes were answered in each way. */
function hasAll({ order }: Scenario['expected'], servers: Servers): boolean {
  const end = order.findIndex(({ what }) => what === '-- SIGTERM');
  const before = end === -1 ? order : order.slice(0, end);
  const wanted = Map.groupBy(
    before.flatMap(({ what }) => eventOf(what)),
    eventText,
  );
  const seen = Map.groupBy(events(servers), eventText);
  return [...wanted].every(([text, [one, ...more]]) => {
    const enough = one && servers.sinks.has(one.on) ? more.length + 1 : 1;
    return (seen.get(text)?.length ?? 0) >= enough;
  });
}

interface ServerEvent {
  readonly on: string;
  readonly path: string;
  /** Only of a push. */
  readonly status?: string;
}

function eventText({ on, path, status = '' }: ServerEvent): string {
  return `${on} ${path} ${status}`;
}

function eventOf(what: string): readonly ServerEvent[] {
  const [on = '', method, path, status = ''] = what.split(' ');
  if (on === '--' || path === undefined) return [];
  const [plain = ''] = path.split('?');
  return [{ on, path: plain, ...(method === 'POST' && { status }) }];
}

function events({ targets, sinks }: Servers): readonly ServerEvent[] {
  const asked = [...targets].flatMap(([on, { requests }]) =>
    requests.map(({ url }) => ({ on, path: url.split('?')[0] ?? '' })),
  );
  const pushed = [...sinks].flatMap(([on, { pushes }]) =>
    pushes.map(({ path, status }) => ({ on, path, status: String(status) })),
  );
  return [...asked, ...pushed];
}
