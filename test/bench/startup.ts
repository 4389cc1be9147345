import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadedModules } from '../harness/loaded-modules.ts';
import { spawnNode } from '../harness/process.ts';
import { builtProgram } from './built-program.ts';
import { median, usageOf } from './measured-process.ts';

const help = `node test/bench/startup.ts [--runs N]

Measures \`pewter run\` of the bundle from its start until its API listens: wall time, CPU time, resident memory, the
median of N runs (5), and how many files it reads. With no discovery, with one, and with one of each kind: what a
config does not use is not read.`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, runs: { type: 'string', default: '5' } },
});

const listening = /HTTP API listens/;

const others = `discovery.dns "d" { names = ["localhost"] }
discovery.docker "d" { host = "unix:///nonexistent" }
discovery.file "f" { files = ["/nonexistent/*.json"] }
discovery.consul "c" { server = "127.0.0.1:9" }
discovery.consulagent "c" { server = "127.0.0.1:9" }
discovery.kubelet "k" { url = "http://127.0.0.1:9" }
discovery.kubernetes "k" {
  role       = "pod"
  api_server = "http://127.0.0.1:9"
}
discovery.process "p" { }
discovery.relabel "r" { targets = [] }
`;

function configs(): Readonly<Record<string, string>> {
  const write = 'pyroscope.write "w" {\n  endpoint { url = "http://127.0.0.1:9" }\n}\n';
  const scrape = (targets: string) =>
    `pyroscope.scrape "s" {\n  targets = ${targets}\n  forward_to = [pyroscope.write.w.receiver]\n}\n${write}`;
  const http = `discovery.http "h" { url = "http://127.0.0.1:9" }\n${scrape('discovery.http.h.targets')}`;
  return { 'no discovery': scrape('[]'), 'discovery.http': http, 'ten discoveries': http + others };
}

if (values.help) process.stdout.write(`${help}\n`);
else await main(Number(values.runs));

async function main(runs: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pewter-bench-'));
  process.env.NODE_COMPILE_CACHE = join(folder, 'cache');
  try {
    const program = await builtProgram(join(folder, 'program'));
    for (const [name, text] of Object.entries(configs())) {
      const path = join(folder, 'config.alloy');
      await writeFile(path, text);
      const args = [
        program,
        'run',
        '--server.http.listen-addr=127.0.0.1:0',
        `--storage.path=${folder}/data`,
        path,
      ];
      process.stdout.write(`${name.padEnd(16)} ${await measured(args, runs)}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(args: readonly string[], runs: number): Promise<string> {
  const { files } = await loadedModules(args, listening);
  const started: Awaited<ReturnType<typeof untilReady>>[] = [];
  for (let run = 0; run < runs; run++) started.push(await untilReady(args));
  const of = (key: 'wallMs' | 'cpuMs' | 'residentMb') => median(started.map((one) => one[key])).toFixed(0);
  return `${of('wallMs')} ms wall, ${of('cpuMs')} ms CPU, ${of('residentMb')} MB resident, ${files} files`;
}

async function untilReady(args: readonly string[]) {
  const began = performance.now();
  await using running = spawnNode(args);
  await running.stderr.until((lines) => lines.some((line) => listening.test(line)), 'the API');
  const wallMs = performance.now() - began;
  return { wallMs, ...(await usageOf(running.child.pid ?? 0)) };
}
