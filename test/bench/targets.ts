import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { discoveryComponents } from '@pewter/discovery';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { type ComponentContext, type ComponentDefinition, registryOf } from '@pewter/runtime';
import { createLogger, Pipeline, realOutside } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { closeServer, listen } from '../harness/recording-target.ts';

const help = `node test/bench/targets.ts [--targets 10000] [--many 100000]

A list of targets by HTTP service discovery, through discovery.relabel, into pyroscope.scrape, in this process. Prints
the time from the answer of the service discovery, in which one target has changed and one is new, until the new one's
loops run; what a target costs in memory; and, with --many targets and no scrape, how long it takes to take the list
in, and to see that the next one is the same.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    targets: { type: 'string', default: '10000' },
    many: { type: 'string', default: '100000' },
  },
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Groups as Prometheus' HTTP discovery answers them: ten targets of one service, with labels of their own. */
function listText(count: number, version: number): string {
  const groups = Array.from({ length: Math.ceil(count / 10) }, (_, group) => {
    const first = group * 10;
    const targets = Array.from(
      { length: Math.min(10, count - first) },
      (_, index) => `10.${(first >> 16) & 255}.${(first >> 8) & 255}.${first & 255}:${6000 + index}`,
    );
    const own = { __meta_service: `service-${group}`, __meta_team: `team-${group % 12}`, region: 'eu-1' };
    return { targets, labels: group === 0 ? { ...own, version: String(version) } : own };
  });
  const [, ...others] = groups;
  const changed = {
    targets: ['10.255.0.1:1'],
    labels: { __meta_service: 'changing', version: String(version) },
  };
  return JSON.stringify([
    groups[0] && { ...groups[0], labels: { ...groups[0].labels, version: '0' } },
    changed,
    ...others,
  ]);
}

/** The service discovery of the measured pipeline. */
async function discovery(first: string) {
  let text = first;
  let answered = 0;
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(text, () => {
      answered ||= performance.now();
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    answer: (next: string) => {
      text = next;
      answered = 0;
    },
    answeredAt: () => answered,
    close: () => closeServer(server),
  };
}

/** The metrics of each component, by its id. */
const registries = new Map<string, ComponentContext['metrics']>();

/** The definition, its metrics shown to the benchmark. */
function watched(definition: ComponentDefinition): ComponentDefinition {
  return {
    ...definition,
    async implementation() {
      const code = await definition.implementation();
      const build: typeof code.build = (context: ComponentContext, args) => {
        registries.set(context.id, context.metrics);
        return code.build(context, args);
      };
      return { build };
    },
  };
}

async function started(config: string): Promise<Pipeline> {
  const outside = realOutside();
  const logs = createLogger({ destination: { write: () => {} }, clock: outside.clock });
  const registry = registryOf([...discoveryComponents, ...pyroscopeComponents].map(watched));
  const settings = { registry, outside, logs, storagePath: '/nonexistent', patience: 100 };
  const pipeline = new Pipeline({ ...settings, stability: 'generally-available' });
  const { ok, diagnostics } = await pipeline.reload([new SourceFile('bench.alloy', config)]);
  if (!ok) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  pipeline.start();
  return pipeline;
}

/** A gauge's or summary's number; 0 before there is one. */
async function metric(id: string, name: string, part = name): Promise<number> {
  const found = await registries.get(id)?.getSingleMetric(name)?.get();
  const all: readonly { readonly metricName?: string; readonly value: number }[] = found?.values ?? [];
  return all.find(({ metricName = name }) => metricName === part)?.value ?? 0;
}

async function until(holds: () => Promise<boolean>): Promise<number> {
  while (!(await holds())) await sleep(1);
  return performance.now();
}

function heapMb(): number {
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 2 ** 20;
}

const loops = () => metric('pyroscope.scrape.s', 'pyroscope_scrape_loops');

/** From the answer with one changed and one new target until the loops run, and the memory of all. */
async function measureChange(count: number): Promise<string> {
  const empty = heapMb();
  const sd = await discovery(listText(count, 0));
  const pipeline = await started(`
    discovery.http "d" {
      url = "${sd.url}"
      refresh_interval = "1500ms"
    }
    discovery.relabel "r" {
      targets = discovery.http.d.targets
      rule {
        source_labels = ["__meta_service"]
        target_label = "service_name"
      }
    }
    pyroscope.scrape "s" {
      targets = discovery.relabel.r.output
      forward_to = []
      scrape_interval = "1h"
      profiling_config {
        profile.memory { enabled = false }
        profile.block { enabled = false }
        profile.mutex { enabled = false }
        profile.process_cpu { enabled = false }
      }
    }`);
  const begun = performance.now();
  await until(async () => (await loops()) >= count + 1);
  const first = performance.now() - begun;
  const perTarget = ((heapMb() - empty) * 1024) / count;
  const times: number[] = [];
  for (let version = 1; version <= 5; version++) {
    await sleep(300);
    const extra = count + 10 * version;
    sd.answer(listText(extra, version));
    const done = await until(async () => (await loops()) >= extra + 1);
    times.push(done - sd.answeredAt());
  }
  await pipeline.stop();
  await sd.close();
  const shown = times.map((time) => time.toFixed(0)).join(', ');
  return `${count} targets: all loops run ${first.toFixed(0)} ms after the start, ${perTarget.toFixed(1)} KiB a target with its loop
from an answer with one changed and ten new to their loops: ${shown} ms\n`;
}

/** Takes in many targets, and the same once more. */
async function measureMany(count: number): Promise<string> {
  const empty = heapMb();
  const text = listText(count, 0);
  const sd = await discovery(text);
  const pipeline = await started(`discovery.http "many" {
    url = "${sd.url}"
    refresh_interval = "2s"
  }`);
  const id = 'discovery.http.many';
  const name = 'prometheus_sd_refresh_duration_seconds';
  const refreshes = () => metric(id, name, `${name}_count`);
  const seconds = () => metric(id, name, `${name}_sum`);
  await until(async () => (await refreshes()) === 1);
  const first = await seconds();
  await until(async () => (await refreshes()) === 2);
  const second = (await seconds()) - first;
  const perTarget = ((heapMb() - empty - text.length / 2 ** 20) * 1024) / count;
  await pipeline.stop();
  await sd.close();
  return `${count} targets, ${(text.length / 2 ** 20).toFixed(1)} MiB of JSON: taken in in ${(first * 1000).toFixed(0)} ms, the same again in ${(second * 1000).toFixed(0)} ms, ${perTarget.toFixed(2)} KiB a target\n`;
}

if (values.help) process.stdout.write(`${help}\n`);
else {
  process.stdout.write(await measureMany(Number(values.many)));
  process.stdout.write(await measureChange(Number(values.targets)));
}
