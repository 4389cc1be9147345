/**
 * How long a graph of 10,000 nodes takes to load, how long a change at its root takes to reach all leaves, and what
 * is left of the time for others while one export changes 1,000 times a second. Run it with `node test/bench/graph.ts`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLogger, Pipeline, realOutside } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { FakeComponents } from '@pewter/testkit';

const shapes: Readonly<Record<string, (at: number) => number>> = {
  'a tree, ten below each': (at) => Math.floor((at - 1) / 10),
  'a chain': (at) => at - 1,
  'a star': () => 0,
};

function graphText(size: number, parent: (at: number) => number): string {
  const nodes = Array.from({ length: size - 1 }, (_, n) => {
    const from = parent(n + 1);
    const input = from === 0 ? 'fake.source.root.value' : `fake.passthrough.p${from}.output`;
    return `fake.passthrough "p${n + 1}" { input = ${input} }`;
  });
  return `fake.source "root" { value = "0" }\n${nodes.join('\n')}\n`;
}

async function measure(name: string, parent: (at: number) => number, size: number): Promise<void> {
  const fakes = new FakeComponents();
  const outside = realOutside();
  const logs = createLogger({ destination: { write: () => {} }, clock: outside.clock });
  const pipeline = new Pipeline({
    registry: fakes.registry,
    stability: 'generally-available',
    outside,
    logs,
    storagePath: '/nonexistent',
  });
  const source = new SourceFile('graph.alloy', graphText(size, parent));
  const load = await timed(async () => void (await pipeline.reload([source])));
  pipeline.start();
  await pause(50);
  const spread = await timed(() => reachAll(fakes, size, 'first'));
  const again = await timed(() => reachAll(fakes, size, 'second'));
  print(`${name}: load ${load}, root to leaves ${spread}, again ${again}`);
  await storm(fakes);
  await pipeline.stop();
}

/** Changes the root and waits until every other node has been updated. */
async function reachAll(fakes: FakeComponents, size: number, value: string): Promise<void> {
  fakes.takeEvents();
  fakes.export('fake.source.root', { value });
  while (fakes.events.length < size - 1) await new Promise((resolve) => setImmediate(resolve));
}

/** 1,000 changes a second for three seconds, and how late that makes the timers of everything else. */
async function storm(fakes: FakeComponents): Promise<void> {
  fakes.takeEvents();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const started = performance.now();
  delay.enable();
  for (let n = 0; performance.now() - started < 3_000; ) {
    const due = Math.floor(performance.now() - started);
    for (; n < due; n++) fakes.export('fake.source.root', { value: `storm ${n}` });
    await pause(1);
  }
  delay.disable();
  const [median, late] = [50, 99].map((part) => (delay.percentile(part) / 1e6).toFixed(1));
  print(
    `  1,000 changes a second: ${fakes.events.length} updates; others wait ${median} ms (median), ${late} ms (p99)`,
  );
}

/** How long work takes, and for how much of that this thread had a processor: on a machine that does other things too, only the latter is of the work. */
async function timed(work: () => Promise<void>): Promise<string> {
  const [started, before] = [performance.now(), process.threadCpuUsage()];
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return `${Math.round(performance.now() - started)} ms (thread ${Math.round((user + system) / 1_000)} ms)`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

for (const [name, parent] of Object.entries(shapes)) await measure(name, parent, 10_000);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
