import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scratchFolder } from '../harness/files.ts';
import { spawnNode } from '../harness/process.ts';
import { median } from './measured-process.ts';

const help = `node test/bench/write.ts [--endpoints 1,2,4] [--count 4000] [--delay 20] [--runs 3]

pyroscope.write alone in a process of its own: profiles of 16 KB of 1,000 series, at most 256 on their way, to servers
in processes of their own that take --delay milliseconds for each. Prints for each number of endpoints, with the queue
in memory and with the durable one of each fsync policy, profiles per second and CPU milliseconds per profile (all
threads, median of the runs), and the CPU as a ratio of the memory queue's. A profile counts once however many
endpoints it goes to.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    endpoints: { type: 'string', default: '1,2,4' },
    count: { type: 'string', default: '4000' },
    delay: { type: 'string', default: '20' },
    runs: { type: 'string', default: '3' },
  },
});

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Cost {
  readonly perSecond: number;
  readonly cpuMs: number;
}

if (values.help) process.stdout.write(`${help}\n`);
else for (const endpoints of values.endpoints.split(',')) await benchmark(Number(endpoints));

async function benchmark(endpoints: number): Promise<void> {
  const sinks = await Promise.all(Array.from({ length: endpoints }, startSink));
  try {
    const urls = sinks.map(({ url }) => url);
    const memory = await medianOf(urls, '');
    print(endpoints, 'memory', memory, memory);
    for (const fsync of ['never', 'interval', 'always'])
      print(
        endpoints,
        `durable, fsync ${fsync}`,
        await medianOf(urls, `queue {\n fsync = "${fsync}"\n }`),
        memory,
      );
  } finally {
    for (const { running } of sinks) await running.stop();
  }
}

async function startSink() {
  const running = spawnNode([script('counting-sink.ts'), values.delay]);
  const [line = '{}'] = await running.stdout.until((lines) => lines.length > 0, 'the sink', 20_000);
  return { running, url: `http://127.0.0.1:${JSON.parse(line).port}` };
}

/** Runs alternate with nothing, since each begins in a process and folder of its own. */
async function medianOf(urls: readonly string[], queue: string): Promise<Cost> {
  const costs: Cost[] = [];
  for (let run = 0; run < Number(values.runs); run++) costs.push(await runOnce(urls, queue));
  return {
    perSecond: median(costs.map((one) => one.perSecond)),
    cpuMs: median(costs.map((one) => one.cpuMs)),
  };
}

async function runOnce(urls: readonly string[], queue: string): Promise<Cost> {
  await using folder = await scratchFolder();
  const config = urls.map((url) => `endpoint {\n url = "${url}"\n ${queue}\n}\n`).join('');
  await using running = spawnNode([script('write-subject.ts'), config, folder.path, values.count]);
  await running.exited;
  const [line] = running.stdout.entries;
  if (line === undefined) throw new Error(`the subject ended:\n${running.stderr.entries.join('\n')}`);
  const { seconds, cpuMs } = JSON.parse(line) as { seconds: number; cpuMs: number };
  return { perSecond: Number(values.count) / seconds, cpuMs: cpuMs / Number(values.count) };
}

function print(endpoints: number, queue: string, { perSecond, cpuMs }: Cost, memory: Cost): void {
  const ratio = (cpuMs / memory.cpuMs).toFixed(2);
  process.stdout.write(
    `${endpoints} endpoint${endpoints === 1 ? ' ' : 's'}  ${queue.padEnd(24)} ${perSecond.toFixed(0).padStart(6)} profiles/s  ${cpuMs.toFixed(3)} ms CPU each  ratio ${ratio}\n`,
  );
}
