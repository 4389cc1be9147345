import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../harness/files.ts';
import { builtProgram } from './built-program.ts';
import { measureNode, measureProgram, median, type ProcessCost } from './measured-process.ts';

const help = `node test/bench/validate.ts [--runs N] [--peer PATH] [FILE…]

Measures \`pewter validate FILE\` as a whole process, from its start to its exit, beside a bare \`node -e 0\`
in the same minutes: wall time, CPU time and peak memory, the median of N runs (7) and the least.
With --peer also \`PATH validate\` of the first file, as Alloy has it. The bundle, as it is published and with what Node keeps of compiled code, and the sources of the checkout.
Without a FILE: a config of 10 lines, one of 300 components, and 1,000 files in one call.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    runs: { type: 'string', default: '7' },
    peer: { type: 'string' },
  },
});

if (values.help) process.stdout.write(`${help}\n`);
else await main(Number(values.runs));

async function main(runs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pewter-bench-'));
  process.env.NODE_COMPILE_CACHE = join(folder, 'cache');
  try {
    await compare(await commands(folder), runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Command = readonly [name: string, measure: () => Promise<ProcessCost>];

function node(name: string, args: readonly string[]): Command {
  return [name, () => measureNode(args)];
}

async function commands(folder: string): Promise<readonly Command[]> {
  const bundle = await builtProgram(join(folder, 'program'));
  const sources = join(root, 'packages', 'cli', 'src', 'main.ts');
  const files =
    positionals.length > 0 ? positionals.map((file) => [file, file] as const) : await ownFiles(folder);
  const { peer } = values;
  return [
    node('node -e 0', ['-e', '0']),
    node('--version', [bundle, '--version']),
    ...files.map(([name, path]) => node(`validate ${name}`, [bundle, 'validate', path])),
    ...files
      .slice(0, 1)
      .flatMap(([name, path]): readonly Command[] => [
        node(`validate ${name}, sources`, [sources, 'validate', path]),
        ...(peer === undefined
          ? []
          : [[`validate ${name}, ${peer}`, () => measureProgram([peer, 'validate', path])] as const]),
      ]),
  ];
}

async function ownFiles(folder: string): Promise<readonly (readonly [name: string, path: string])[]> {
  const many = join(folder, 'many');
  await mkdir(many);
  const write = async (path: string, pipelines: number) => {
    await writeFile(path, Array.from({ length: pipelines }, (_, index) => pipeline(index)).join('\n'));
    return path;
  };
  for (let index = 0; index < 1000; index++) await write(join(many, `${index}.alloy`), 1);
  return [
    ['10 lines', await write(join(folder, 'small.alloy'), 1)],
    ['300 components', await write(join(folder, 'large.alloy'), 100)],
    ['1,000 files', join(many, '*.alloy')],
  ];
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
  endpoint { url = "http://127.0.0.1:9" }
}
`;
}

async function compare(all: readonly Command[], runs: number): Promise<void> {
  const costs = new Map<string, ProcessCost[]>();
  // In turn, so that what else the machine does falls on all alike; the first round fills the compile cache.
  for (let run = -1; run < runs; run++) {
    for (const [name, measure] of all) {
      const cost = await measure();
      if (run >= 0) costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  }
  for (const [name, measured] of costs) process.stdout.write(`${line(name, measured)}\n`);
}

function line(name: string, costs: readonly ProcessCost[]): string {
  const of = (key: 'wallMs' | 'cpuMs' | 'peakMb') => median(costs.map((cost) => cost[key])).toFixed(0);
  const least = Math.min(...costs.map(({ wallMs }) => wallMs)).toFixed(0);
  const failed = costs.filter(({ status }) => status !== 0).length;
  const note = failed > 0 ? `  (${failed} of ${costs.length} did not end with 0)` : '';
  const wall = `${of('wallMs')} ms wall (least ${least})`;
  return `${name.padEnd(32)} ${wall}, ${of('cpuMs')} ms CPU, ${of('peakMb')} MB peak${note}`;
}
