import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reservedPort } from '@pewter/testkit';
import { type ComponentJson, debugBlocks } from '../component-json.ts';
import { scratchFolder } from '../files.ts';
import { type RunningProcess, spawnPewter } from '../process.ts';
import { type Peer, startPeer } from './peer.ts';
import { Places } from './places.ts';
import type { PushFacts } from './push-facts.ts';
import type { RequestFacts, Scenario, TargetFacts } from './scenario.ts';
import { takeStep } from './take-step.ts';

/** What a scenario came to with the program of this checkout. */
export interface Played {
  readonly early: boolean;
  /** How the program ended; undefined: by a signal. */
  readonly status: number | null;
  /** With placeholders, as the recordings have them. */
  readonly requests: readonly RequestFacts[];
  /** With placeholders, in the order of arrival at each server. */
  readonly pushes: readonly PushFacts[];
  readonly targets: readonly TargetFacts[];
  /** Status by the name of the request that a step made. */
  readonly responses: Readonly<Record<string, number>>;
  readonly output: string;
}

/** A scenario at work. */
export interface Play {
  readonly scenario: Scenario;
  readonly places: Places;
  readonly folder: string;
  readonly running: RunningProcess;
  readonly requests: () => readonly RequestFacts[];
  readonly responses: Record<string, number>;
  readonly sameTargets: boolean;
}

export interface PlayOptions {
  /** The folder of the certificates. */
  readonly certificates: string;
  /** Whether the health of the targets is to become that of the recording. */
  readonly sameTargets: boolean;
}

/** How long after all has happened that was recorded something else may still happen, in milliseconds. */
const settleMs = 300;

/**
 * Plays a scenario with a real `pewter run` and real servers, until all has happened that was recorded, or the time of
 * the script is over.
 */
export async function playScenario(
  scenario: Scenario,
  { certificates, sameTargets }: PlayOptions,
): Promise<Played> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await scratchFolder());
  const places = new Places(folder.path, certificates);
  const peers: Peer[] = [];
  for (const [name, listener] of Object.entries(scenario.script.listeners)) {
    const peer = await startPeer({ name, listener, places, certificates, script: scenario.script });
    started.defer(() => peer.close());
    peers.push(peer);
  }
  const port = await reservedPort();
  places.set('alloy', `127.0.0.1:${port}`);
  const running = started.use(await startProgram(scenario, places, folder.path, port));
  const requests = () => peers.flatMap((peer) => peer.requests).map((one) => blanked(one, places));
  const play = { scenario, places, folder: folder.path, running, requests, responses: {}, sameTargets };
  const api = `http://127.0.0.1:${port}`;
  const early = !(await readied(api, running));
  if (!early) await unfold(play, api);
  const targets = early ? [] : await scrapeTargets(api, scenario, places);
  const { status } = await (early ? running.exited : running.stop());
  const output = places.blank([...running.stdout.entries, ...running.stderr.entries].join('\n'));
  const pushes = (await Promise.all(peers.flatMap((peer) => peer.pushes))).map((one) => blanked(one, places));
  return { early, status, requests: requests(), pushes, targets, responses: play.responses, output };
}

async function startProgram(
  { config, script }: Scenario,
  places: Places,
  folder: string,
  port: number,
): Promise<RunningProcess> {
  const write = (name: string, text: string) => writeFile(join(folder, name), places.fill(text));
  for (const [name, text] of Object.entries(script.files ?? {})) await write(name, text);
  await write('config.alloy', config('config.alloy'));
  const env = Object.entries(script.env ?? {}).map(([name, value]) => [name, places.fill(value)]);
  const flags = ['--stability.level=experimental', `--storage.path=${join(folder, 'data')}`];
  return spawnPewter(['run', `--server.http.listen-addr=127.0.0.1:${port}`, ...flags, 'config.alloy'], {
    cwd: folder,
    env: Object.fromEntries(env),
  });
}

/** False where the program ended instead. */
async function readied(api: string, { child }: RunningProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${api}/-/ready`).catch(() => undefined);
    if (answer?.status === 200) return true;
    await sleep(25);
  }
  return false;
}

/** The steps in turn, then until nothing that was recorded is missing. */
async function unfold(play: Play, api: string): Promise<void> {
  const { scenario, places } = play;
  const { steps = [], max_ms: most, settle_ms: settle = settleMs } = scenario.script;
  const start = performance.now();
  const over = () => performance.now() - start > most;
  for (const step of steps) {
    const due = () =>
      performance.now() - start >= (step.at_ms ?? 0) && counted(play.requests(), step.when ?? {});
    while (!due() && !over()) await sleep(10);
    await sleep(step.then_ms ?? 0);
    await takeStep(play, step);
  }
  while (!over() && !(await complete(play, api, places))) await sleep(50);
  await sleep(settle);
}

/** Whether each was asked for as often: `t` any path of it, `t /path` that one, `t ok` is not told apart from `t`. */
function counted(requests: readonly RequestFacts[], wanted: Readonly<Record<string, number>>): boolean {
  return Object.entries(wanted).every(([what, count]) => {
    const [on, path] = what.split(' ');
    const fits = (one: RequestFacts) => one.on === on && (!path?.startsWith('/') || one.path === path);
    return requests.filter(fits).length >= count;
  });
}

async function complete(play: Play, api: string, places: Places): Promise<boolean> {
  const { scenario, requests } = play;
  const seen = requests();
  if (!counted(seen, scenario.script.until ?? {})) return false;
  const lines = new Set(seen.map(requestLine));
  if (!scenario.expected.requests.every((one) => lines.has(requestLine(one)))) return false;
  if (!play.sameTargets) return true;
  const targets = await scrapeTargets(api, scenario, places);
  const healths = new Map(targets.map(({ url, labels, health }) => [targetKey(url, labels), health]));
  return expectedTargets(scenario).every(
    ({ url, labels, health }) => healths.get(targetKey(url, labels)) === health,
  );
}

function requestLine({ on, method, path, query = '' }: RequestFacts): string {
  return `${on} ${method} ${path}?${query}`;
}

function targetKey(url: string, labels: TargetFacts['labels']): string {
  return JSON.stringify([url, Object.entries(labels).sort()]);
}

/** What the reference's components showed of their targets. */
export function expectedTargets({ expected }: Scenario): readonly TargetFacts[] {
  return Object.values(expected.components ?? {}).flatMap(({ debug_info: info }) => info?.target ?? []);
}

async function scrapeTargets(
  api: string,
  { expected }: Scenario,
  places: Places,
): Promise<readonly TargetFacts[]> {
  const ids = Object.entries(expected.components ?? {}).filter(([, one]) => one.debug_info?.target);
  const found: TargetFacts[] = [];
  for (const [id] of ids) {
    const answer = await fetch(`${api}/api/v0/web/components/${id}`);
    for (const block of debugBlocks((await answer.json()) as ComponentJson, 'target')) {
      const { url, health, labels, last_error } = block;
      const plain = { url, health, labels: plainLabels(labels), ...(last_error ? { last_error } : {}) };
      found.push(JSON.parse(places.blank(JSON.stringify(plain))));
    }
  }
  return found;
}

/** An object as the API writes one: `[{ key, value: { type, value } }]`. */
function plainLabels(labels: unknown): Readonly<Record<string, unknown>> {
  const entries = labels as readonly { readonly key: string; readonly value: { readonly value: unknown } }[];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value.value]));
}

function blanked<Facts extends RequestFacts | PushFacts>(facts: Facts, places: Places): Facts {
  return JSON.parse(places.blank(JSON.stringify(facts)));
}
