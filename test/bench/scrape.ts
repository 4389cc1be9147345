import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scratchFolder } from '../harness/files.ts';
import { type Pewter, startPewter } from '../harness/pewter.ts';
import { pewterSources, type RunningProcess, spawnNode } from '../harness/process.ts';
import { builtProgram } from './built-program.ts';
import { type Usage, usageOf } from './measured-process.ts';

const help = `node test/bench/scrape.ts [--targets 30,300,3000] [--interval 15] [--warmup 1.5] [--rounds 3]
                                [--kinds memory,block,goroutine,process_cpu] [--program bundle,sources,PATH] [--together]
                                [--heap-only]

Runs \`pewter run\`, as it is published (bundle) or from its sources, or another program that takes the same flags,
such as Alloy, as a process of its own against a load generator in another: targets with profiles of a Go
service (heap profiles of about 16 KB whose counters grow; CPU profiles that take all but a second of the interval),
listed by HTTP service discovery, and a sink that counts. Warms up for --warmup intervals (Alloy needs 3), measures over --rounds
intervals, and prints for each number of targets: profiles scraped and pushed, CPU milliseconds per scraped profile,
resident memory, how many scrapes were missed (those due in that time less those served), and how late 99 of 100
scrapes began at most. With --heap-only the targets serve the heap profile for every kind. Programs run one after the
other; with --together side by side, each against a load of its own: where the processor is now faster and now slower,
they share that. It must have room for all of them. Linux only: it reads /proc.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    targets: { type: 'string', default: '30,300,3000' },
    interval: { type: 'string', default: '15' },
    warmup: { type: 'string', default: '1.5' },
    rounds: { type: 'string', default: '3' },
    kinds: { type: 'string', default: 'memory,block,goroutine,process_cpu' },
    program: { type: 'string', default: 'bundle' },
    together: { type: 'boolean', default: false },
    'heap-only': { type: 'boolean', default: false },
  },
});

const kinds = new Set(values.kinds.split(','));
const allKinds = ['memory', 'block', 'goroutine', 'mutex', 'process_cpu'];

interface Counts {
  readonly scrapes: number;
  readonly pushes: number;
  readonly pushedBytes: number;
}

interface Measured {
  readonly seconds: number;
  readonly counts: Counts;
  readonly cpuMs: number;
  readonly usage: Usage;
  /** Scrapes by how late they began: seconds at most, and how many. */
  readonly lateness: Lateness;
}

type Lateness = ReadonlyMap<number, number>;

if (values.help) process.stdout.write(`${help}\n`);
else await main();

async function main(): Promise<void> {
  await using folder = await scratchFolder();
  for (const targets of values.targets.split(',')) {
    const runs = values.program.split(',').map((program) => async () => {
      const command = await commandOf(program, folder.path);
      const measured = await benchmark(Number(targets), Number(values.interval), command);
      process.stdout.write(`${program}, ${report(Number(targets), Number(values.interval), measured)}\n`);
    });
    if (values.together) await Promise.all(runs.map((run) => run()));
    else for (const run of runs) await run();
  }
}

async function commandOf(program: string, folder: string): Promise<readonly [string, ...string[]]> {
  if (program === 'sources') return pewterSources;
  return program === 'bundle' ? [process.execPath, await builtProgram(folder)] : [program];
}

async function benchmark(
  targets: number,
  interval: number,
  command: readonly [string, ...string[]],
): Promise<Measured> {
  const generator = fileURLToPath(new URL('load-generator.ts', import.meta.url));
  await using load = spawnNode(
    [generator, `--targets=${targets}`, ...(values['heap-only'] ? ['--heap-only'] : [])],
    { keepStdin: true },
  );
  const [greeting = '{}'] = await load.stdout.until(
    (lines) => lines.length > 0,
    'the load generator',
    60_000,
  );
  const { port } = JSON.parse(greeting);
  await using pewter = await startPewter(config(port, interval), [], command);
  await delay(interval * 1000 * Number(values.warmup));
  return await measure(pewter, load, interval * Number(values.rounds));
}

function config(port: number, interval: number): string {
  return `
discovery.http "targets" {
  url              = "http://127.0.0.1:${port}/sd"
  refresh_interval = "60s"
}

pyroscope.scrape "all" {
  targets         = discovery.http.targets.targets
  forward_to      = [pyroscope.write.counting.receiver]
  scrape_interval = "${interval}s"

  profiling_config {
${allKinds.map((kind) => `    profile.${kind} {\n      enabled = ${kinds.has(kind)}\n    }`).join('\n')}
  }
}

pyroscope.write "counting" {
  endpoint {
    url = "http://127.0.0.1:${port}"
  }
}
`;
}

async function measure(pewter: Pewter, load: RunningProcess, seconds: number): Promise<Measured> {
  const { pid } = pewter;
  const [early, before, from] = [await latenessOf(pewter), await usageOf(pid), await countsOf(load)];
  const started = performance.now();
  await delay(seconds * 1000);
  const [usage, to] = [await usageOf(pid), await countsOf(load)];
  return {
    seconds: (performance.now() - started) / 1000,
    counts: {
      scrapes: to.scrapes - from.scrapes,
      pushes: to.pushes - from.pushes,
      pushedBytes: to.pushedBytes - from.pushedBytes,
    },
    cpuMs: usage.cpuMs - before.cpuMs,
    usage,
    lateness: difference(await latenessOf(pewter), early),
  };
}

/** The buckets of its histogram, which pewter counts from its start. */
async function latenessOf({ url }: Pewter): Promise<Lateness> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const bucket = /^pyroscope_scrape_lateness_seconds_bucket\{[^}]*le="([^"]+)"[^}]*\} (\d+)/gm;
  return new Map(
    Array.from(text.matchAll(bucket), ([, le = '', count]) => [
      le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
      Number(count),
    ]),
  );
}

function difference(after: Lateness, before: Lateness): Lateness {
  return new Map(Array.from(after, ([le, count]) => [le, count - (before.get(le) ?? 0)]));
}

/** The smallest bucket that holds 99 of 100 scrapes. */
function latenessText(lateness: Lateness): string {
  const all = lateness.get(Number.POSITIVE_INFINITY) ?? 0;
  const [bound = 0] = [...lateness].find(([, count]) => count >= all * 0.99) ?? [];
  return bound === Number.POSITIVE_INFINITY ? 'more than 10 s' : `at most ${bound * 1000} ms`;
}

async function countsOf(load: RunningProcess): Promise<Counts> {
  const seen = load.stdout.entries.length;
  load.child.stdin?.write('\n');
  const lines = await load.stdout.until(
    ({ length }) => length > seen,
    'the counts of the load generator',
    30_000,
  );
  return JSON.parse(lines.at(-1) ?? '{}');
}

function report(
  targets: number,
  interval: number,
  { seconds, counts, cpuMs, usage, lateness }: Measured,
): string {
  const due = (targets * kinds.size * seconds) / interval;
  const missed = Math.max(0, Math.round(due - counts.scrapes));
  return [
    `${targets} targets, ${seconds.toFixed(0)} s:`,
    `${counts.scrapes} scraped, ${counts.pushes} pushed (${(counts.pushedBytes / 1e6).toFixed(1)} MB),`,
    `${(cpuMs / counts.scrapes).toFixed(2)} ms CPU per profile (${(cpuMs / seconds / 10).toFixed(1)} % of a core),`,
    `${usage.residentMb.toFixed(0)} MB resident (${usage.peakMb.toFixed(0)} MB peak),`,
    `${missed} of ${Math.round(due)} missed, 99 % begun ${latenessText(lateness)} late`,
  ].join(' ');
}
