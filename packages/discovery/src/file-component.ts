import type { Component, ComponentContext, Files } from '@pewter/runtime';
import { Counter, Gauge, Summary } from 'prom-client';
import type { FileArguments } from './file.ts';
import { targetsIn } from './file-groups.ts';
import { plainGlob } from './glob/plain-glob.ts';
import { type Refreshed, refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';

/** Builds `discovery.file`; see its definition. */
export function build(
  context: ComponentContext<TargetExports>,
  args: FileArguments,
): Component<FileArguments> {
  const metrics = fileMetrics(context);
  return refreshingComponent('file', context, args, (current) => fileSource(context, current, metrics));
}

type FileMetrics = ReturnType<typeof fileMetrics>;

function fileMetrics({ metrics }: ComponentContext<TargetExports>) {
  const registers = [metrics];
  return {
    errors: new Counter({
      name: 'prometheus_sd_file_read_errors_total',
      help: 'The number of File-SD read errors.',
      registers,
    }),
    modified: new Gauge({
      name: 'prometheus_sd_file_mtime_seconds',
      help: 'Timestamp of files read by FileSD. Timestamp is set at read time.',
      labelNames: ['filename'],
      registers,
    }),
    scans: new Summary({
      name: 'prometheus_sd_file_scan_duration_seconds',
      help: 'The duration of the File-SD scan in seconds.',
      percentiles: [0.5, 0.9, 0.99],
      registers,
    }),
    // Always zero: a folder that cannot be watched is looked for again by itself.
    watchErrors: new Counter({
      name: 'prometheus_sd_file_watcher_errors_total',
      help: 'The number of File-SD errors caused by filesystem watch failures.',
      registers,
    }),
  };
}

function fileSource(
  { files, clock }: ComponentContext<TargetExports>,
  args: FileArguments,
  metrics: FileMetrics,
): TargetSource {
  const folders = new Set(args.files.map((pattern) => pattern.replace(/[^/]*$/, '') || './'));
  let known: ReadonlyMap<string, readonly Target[]> = new Map();
  const readAll = async (): Promise<Refreshed> => {
    const { paths, malformed } = await expanded(args.files, files);
    const next = new Map<string, readonly Target[]>();
    let failure = malformed;
    metrics.modified.reset();
    for (const path of paths) {
      try {
        next.set(path, targetsIn(path, await files.read(path)));
        metrics.modified.set({ filename: path }, (await files.stat(path)).modified / 1000);
      } catch (cause) {
        metrics.errors.inc();
        failure ??= new Error(`\`${path}\`: ${(cause as Error).message}`, { cause });
        next.set(path, known.get(path) ?? []);
      }
    }
    known = next;
    return { targets: [...next.values()].flat(), ...(failure && { failure }) };
  };
  return {
    interval: args.refresh_interval,
    async refresh() {
      const start = clock.monotonic();
      const found = await readAll();
      metrics.scans.observe((clock.monotonic() - start) / 1000);
      return found;
    },
    watch(changed) {
      const cancels = [...folders].map((folder) => files.watchFolder(folder, changed));
      return () => {
        for (const cancel of cancels) cancel();
      };
    },
    close: () => Promise.resolve(),
  };
}

/** All paths that the patterns find; one that is malformed finds none. */
async function expanded(patterns: readonly string[], files: Files) {
  const found = await Promise.allSettled(patterns.map(async (pattern) => plainGlob(pattern)(files)));
  const malformed = found.find((one) => one.status === 'rejected')?.reason as Error | undefined;
  const paths = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { paths: new Set(paths), malformed };
}
