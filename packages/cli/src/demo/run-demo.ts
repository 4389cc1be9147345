import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Demo, startDemo } from '@pewter/demo';
import type { Outside, Pipeline } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { profileLine, type Sink, startSink } from '@pewter/sink';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { loadConfig } from '../run/config-reload.ts';
import { createPipeline } from '../run/start-pipeline.ts';
import { isSecretField } from '../secret-field.ts';
import { aborted, type StopSignal, stopSignal } from '../stop-signal.ts';
import { Arrivals } from './arrivals.ts';
import { demoFile } from './demo-file.ts';
import { graphText } from './graph-text.ts';
import { printTargets } from './print-targets.ts';

export interface DemoOptions {
  /** End when each kind of profile has arrived from each service. */
  readonly once: boolean;
}

const kinds = ['process_cpu', 'memory'];
/** How long `--once` waits, in milliseconds. */
const limit = 60_000;

/** Runs the demo until it is interrupted or, with `once`, complete; gives the exit status. */
export async function runDemo({ once }: DemoOptions, host: Host): Promise<number> {
  const stop = stopSignal(host);
  await using started = new AsyncDisposableStack();
  started.defer(() => stop.release());
  const demo = await startDemo();
  started.defer(() => demo.close());
  const arrivals = new Arrivals(
    demo.services.map(({ name }) => name),
    kinds,
  );
  const sink = await receive(arrivals, once, host);
  started.defer(() => sink.close());
  const { pipeline, end } = await startPipeline(demo, sink, host);
  started.defer(end);
  return await showUntilDone(pipeline, arrivals, once, stop, host, sink.url);
}

function receive(arrivals: Arrivals, once: boolean, host: Host): Promise<Sink> {
  return startSink({
    host: '127.0.0.1',
    port: 0,
    logger: {
      warn: (fields, message) => host.stderr.write(`${message}: ${Object.values(fields).join(' ')}\n`),
    },
    onProfile(received) {
      // What is still under way when `--once` is done would stand below the closing line.
      if (once && arrivals.missing.length === 0) return;
      host.stdout.write(`  ${profileLine(received)}\n`);
      arrivals.add(received.labels);
    },
  });
}

/** Runs the demo's config as `pewter run` runs any; its two addresses reach it as environment variables. */
async function startPipeline(
  demo: Demo,
  sink: Sink,
  host: Host,
): Promise<{ pipeline: Pipeline; end: () => Promise<void> }> {
  const outside = withEnvironment(realOutside(), { DEMO_SD_URL: demo.discoveryUrl, DEMO_PUSH_URL: sink.url });
  const settings = {
    outside,
    stability: 'generally-available',
    storagePath: join(tmpdir(), 'pewter-demo'),
  } as const;
  const { pipeline, logs } = createPipeline(settings, host);
  logs.configure({ level: 'warn' });
  const path = demoFile();
  const { ok } = await loadConfig(pipeline, path, (found) => printDiagnostics(found, host, isSecretField));
  if (!ok) throw new CommandError(`${path} was not loaded`, exitCode.failed);
  const services = demo.services.map(({ name, address }) => `${name} on ${address}`).join(', ');
  host.stdout.write(`Services: ${services}\nListed at: ${demo.discoveryUrl}\nSink: ${sink.url}\n`);
  host.stdout.write(`\nRunning ${relative(process.cwd(), path)}\n${graphText(flow(pipeline))}`);
  pipeline.start();
  const end = async () => {
    // The demo ends in the middle of a scrape more often than not, and nobody misses that one.
    logs.configure({ level: 'error' });
    await pipeline.stop();
  };
  return { pipeline, end };
}

function withEnvironment(outside: Outside, variables: Readonly<Record<string, string>>): Outside {
  return { ...outside, environment: { get: (name) => variables[name] ?? outside.environment.get(name) } };
}

function flow(pipeline: Pipeline) {
  return pipeline.components().map(({ localId, dataFlowEdgesTo }) => ({ id: localId, to: dataFlowEdgesTo }));
}

async function showUntilDone(
  pipeline: Pipeline,
  arrivals: Arrivals,
  once: boolean,
  stop: StopSignal,
  host: Host,
  page: string,
): Promise<number> {
  await printTargets(pipeline, stop.signal, host);
  host.stdout.write(`\nFlame graphs of all that is received: ${page}\n`);
  host.stdout.write('\nProfiles received, with the functions that used most\n');
  if (!once) {
    await aborted(stop.signal);
    return exitCode.ok;
  }
  await Promise.race([arrivals.complete, aborted(stop.signal), sleep(limit, undefined, { ref: false })]);
  if (arrivals.missing.length === 0) {
    host.stdout.write('\nCPU and heap profiles of all services have arrived.\n');
    return exitCode.ok;
  }
  host.stderr.write(
    `pewter demo: after ${limit / 1000} s these had not arrived: ${arrivals.missing.join(', ')}\n`,
  );
  return exitCode.failed;
}
