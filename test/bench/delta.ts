import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createDeltaComputer } from '@pewter/pprof';
import { scratchFolder } from '../harness/files.ts';
import { goLikeProfile, heap, type ProfileShape } from './go-like-profile.ts';
import { median } from './measured-process.ts';

const help = `node test/bench/delta.ts [--rounds 100] [--runs 3] [--profiles 24] [--samples 280,2000]

The difference of a gzipped cumulative profile to the one before it, gzipped: memory profiles as a Go service serves
them, every counter moving. Prints the CPU microseconds of one difference, the median of --runs runs; where Go is
installed, also those of google/pprof's Go package (parse, merge with -1, write) on the same profiles, in turn with
ours, and the ratio. Twice: where the process meets no new stack from one profile to the next, and where each profile
has one that the one before had not. The Go program fetches that package when it is first run.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    rounds: { type: 'string', default: '100' },
    runs: { type: 'string', default: '3' },
    profiles: { type: 'string', default: '24' },
    samples: { type: 'string', default: '280,2000' },
  },
});

/** What one difference takes. */
interface Cost {
  readonly nanos: number;
  /** Of the last difference, gzipped. */
  readonly bytes: number;
}

if (values.help) process.stdout.write(`${help}\n`);
else
  for (const samples of values.samples.split(','))
    for (const born of [0, 1]) {
      const line = await compare({ samples: Number(samples), born });
      process.stdout.write(`${line}\n`);
    }

/** How a process goes on: how many stacks it has, and how many new ones in each profile. */
interface Life {
  readonly samples: number;
  readonly born: number;
}

async function compare({ samples, born }: Life): Promise<string> {
  const [count, rounds, runs] = [values.profiles, values.rounds, values.runs].map(Number);
  const profiles = Array.from({ length: count ?? 0 }, (_, version) => {
    const shape: ProfileShape = { ...heap, samples: samples + born * version };
    return goLikeProfile(shape, version, samples);
  });
  const own: Cost[] = [];
  const go: Cost[] = [];
  for (let run = 0; run < (runs ?? 0); run++) {
    own.push(await measure(profiles, rounds ?? 0));
    const theirs = await measureGo(profiles, rounds ?? 0);
    if (theirs !== undefined) go.push(theirs);
  }
  const ratio = median(go.map(({ nanos }) => nanos)) / median(own.map(({ nanos }) => nanos));
  return [
    `${samples} samples${born > 0 ? `, ${born} more in each profile` : ''}, ${profiles[0]?.length} bytes:`,
    shown(own),
    go.length === 0 ? '(Go is not installed)' : `against ${shown(go)} in Go: ${ratio.toFixed(1)} times`,
  ].join(' ');
}

function shown(costs: readonly Cost[]): string {
  const micros = median(costs.map(({ nanos }) => nanos / 1000));
  return `${micros.toFixed(0)} us CPU for ${costs[0]?.bytes} bytes`;
}

async function measure(profiles: readonly Uint8Array[], rounds: number): Promise<Cost> {
  let bytes = 0;
  for (let warm = 0; warm < 10; warm++) bytes = await runOnce(profiles);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await runOnce(profiles);
  const { user, system } = process.cpuUsage(before);
  return { nanos: ((user + system) * 1000) / (rounds * (profiles.length - 1)), bytes };
}

/** All differences of one process; gives the bytes of the last. */
async function runOnce(profiles: readonly Uint8Array[]): Promise<number> {
  const computer = createDeltaComputer('memory');
  let bytes = 0;
  for (const profile of profiles) {
    const result = await computer.next(profile);
    if (result.kind === 'delta') bytes = result.bytes.length;
  }
  return bytes;
}

async function measureGo(profiles: readonly Uint8Array[], rounds: number): Promise<Cost | undefined> {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  await using folder = await scratchFolder();
  const files = profiles.map((_, index) => join(folder.path, `${index}.pb.gz`));
  for (const [index, file] of files.entries()) await writeFile(file, profiles[index] ?? '');
  const { stdout, stderr, status } = spawnSync('go', ['run', '.', String(rounds), ...files], {
    cwd: fileURLToPath(new URL('go-delta', import.meta.url)),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the Go program failed: ${stderr}`);
  return JSON.parse(stdout);
}
