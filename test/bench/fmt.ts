import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../harness/files.ts';
import { measureNode, median, type ProcessCost } from './measured-process.ts';

const help = `node test/bench/fmt.ts [--runs 5] [--files 1000]

Measures \`pewter fmt --check\` over many files in one call as a whole process, beside a bare \`node -e 0\` in the same
minutes: wall time, CPU time and peak memory, the median of the runs; the first, which fills the compile cache, does
not count. The files are those of fixtures/configs and, where it is present, of the reference corpus, over and over.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    runs: { type: 'string', default: '5' },
    files: { type: 'string', default: '1000' },
  },
});

// As the launcher starts it.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'pewter');

if (values.help) process.stdout.write(`${help}\n`);
else await main(Number(values.runs), Number(values.files));

async function main(runs: number, files: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pewter-bench-'));
  try {
    const bytes = await fill(folder, files);
    process.stdout.write(`${files} files, ${(bytes / 1e6).toFixed(2)} MB\n`);
    await compare(folder, runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes so many files into the folder; gives their size in bytes. */
async function fill(folder: string, count: number): Promise<number> {
  const texts = await Promise.all((await sources()).map((path) => readFile(path)));
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const text = texts[index % texts.length];
    if (text === undefined) throw new Error('there is no config to take');
    await writeFile(join(folder, `${index}.alloy`), text);
    bytes += text.length;
  }
  return bytes;
}

async function sources(): Promise<string[]> {
  const reference = process.env.PEWTER_REFERENCE ?? join(root, '..', 'shared', 'reference');
  const found = await Promise.all([
    alloyFiles(join(root, 'fixtures', 'configs')),
    alloyFiles(join(reference, 'corpus', 'files')).catch(() => []),
  ]);
  return found.flat();
}

async function alloyFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .filter((name) => name.endsWith('.alloy'))
    .sort()
    .map((name) => join(folder, name));
}

async function compare(folder: string, runs: number): Promise<void> {
  const cli = join(root, 'packages', 'cli', 'src', 'main.ts');
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['node -e 0', ['-e', '0']],
    ['fmt --check', [cli, 'fmt', '--check', folder]],
  ];
  const costs = new Map<string, ProcessCost[]>();
  // In turn, so that what else the machine does falls on all alike.
  for (let run = 0; run <= runs; run++) {
    for (const [name, args] of commands) {
      const cost = await measureNode(args);
      if (run > 0) costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  }
  for (const [name, all] of costs) {
    const of = (key: 'wallMs' | 'cpuMs' | 'peakMb') => median(all.map((cost) => cost[key])).toFixed(0);
    const numbers = `${of('wallMs')} ms wall, ${of('cpuMs')} ms CPU, ${of('peakMb')} MB peak`;
    process.stdout.write(`${name.padEnd(12)} ${numbers}\n`);
  }
}
