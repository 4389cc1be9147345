import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../harness/files.ts';
import { measureNode, median, type ProcessCost } from './measured-process.ts';

const help = `node test/bench/validate.ts [--runs N] [FILE…]

Measures \`pewter validate FILE\` as a whole process, from its start to its exit, beside a bare \`node -e 0\`
in the same minutes: wall time, CPU time and peak memory, the median of N runs (7).
Without a FILE: a config of 3 components and one of 300.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' }, runs: { type: 'string', default: '7' } },
});

if (values.help) process.stdout.write(`${help}\n`);
else await main(Number(values.runs));

async function main(runs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pewter-bench-'));
  try {
    const files = positionals.length > 0 ? positionals : await ownFiles(folder);
    await compare(files, runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ownFiles(folder: string): Promise<string[]> {
  return Promise.all(
    [1, 100].map(async (pipelines) => {
      const path = join(folder, `${pipelines * 3}-components.alloy`);
      await writeFile(path, Array.from({ length: pipelines }, (_, index) => pipeline(index)).join('\n'));
      return path;
    }),
  );
}

function pipeline(index: number): string {
  return `discovery.http "sd_${index}" {
  url = "http://127.0.0.1:9/targets/${index}"
}

pyroscope.scrape "scrape_${index}" {
  targets    = discovery.http.sd_${index}.targets
  forward_to = [pyroscope.write.write_${index}.receiver]
}

pyroscope.write "write_${index}" {
  endpoint {
    url = "http://127.0.0.1:9"
  }
}
`;
}

async function compare(files: readonly string[], runs: number): Promise<void> {
  const cli = join(root, 'packages', 'cli', 'src', 'main.ts');
  const commands: readonly (readonly [string, readonly string[]])[] = [
    ['node -e 0', ['-e', '0']],
    ...files.map((file) => [`validate ${file.split('/').at(-1)}`, [cli, 'validate', file]] as const),
  ];
  const costs = new Map<string, ProcessCost[]>();
  // In turn, so that what else the machine does falls on all alike.
  for (let run = 0; run < runs; run++) {
    for (const [name, args] of commands)
      costs.set(name, [...(costs.get(name) ?? []), await measureNode(args)]);
  }
  for (const [name, all] of costs) process.stdout.write(`${line(name, all)}\n`);
}

function line(name: string, costs: readonly ProcessCost[]): string {
  const of = (key: 'wallMs' | 'cpuMs' | 'peakMb') => median(costs.map((cost) => cost[key])).toFixed(0);
  const failed = costs.filter(({ status }) => status !== 0).length;
  const note = failed > 0 ? `  (${failed} of ${costs.length} did not end with 0)` : '';
  return `${name.padEnd(40)} ${of('wallMs')} ms wall, ${of('cpuMs')} ms CPU, ${of('peakMb')} MB peak${note}`;
}
