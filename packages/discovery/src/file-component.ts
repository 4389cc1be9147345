import type { Component, ComponentContext } from '@pewter/runtime';
import { Counter, Gauge, Summary } from 'prom-client';
import { parse } from 'yaml';
import type { FileArguments } from './file.ts';
import { type Glob, plainGlob } from './glob/glob.ts';
import { type Refreshed, refreshingComponent, type TargetSource } from './refresh-loop.ts';
import type { Target } from './target.ts';
import type { TargetExports } from './target-exports.ts';
import { targetsOfGroups } from './target-groups.ts';

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
  const globs: readonly Glob[] = args.files.map(plainGlob);
  const folders = new Set(args.files.map((pattern) => pattern.replace(/[^/]*$/, '') || './'));
  let known: ReadonlyMap<string, readonly Target[]> = new Map();
  const readAll = async (): Promise<Refreshed> => {
    const found = await Promise.all(globs.map((glob) => glob.expand(files)));
    const next = new Map<string, readonly Target[]>();
    let failure: Error | undefined;
    metrics.modified.reset();
    for (const path of new Set(found.flat())) {
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

function targetsIn(path: string, bytes: Uint8Array): readonly Target[] {
  const parseText = parsers.find(([extension]) => extension.test(path))?.[1];
  if (parseText === undefined) throw new Error('only files ending in .json, .yml or .yaml are read');
  return targetsOfGroups(parseText(Buffer.from(bytes).toString('utf8')), () => ['__meta_filepath', path]);
}

const parsers: readonly (readonly [RegExp, (text: string) => unknown])[] = [
  [/\.json$/i, (text) => JSON.parse(text)],
  [/\.ya?ml$/i, (text) => absentWhereEmpty(parse(text, { schema: 'failsafe', logLevel: 'error' }))],
];

/** Every scalar of the file is a text, as the reference takes it (`port: 80`); an empty value counts as not given. */
function absentWhereEmpty(groups: unknown): unknown {
  if (groups === '' || groups === undefined) return null;
  if (!Array.isArray(groups)) return groups;
  return groups.map((group: unknown) =>
    typeof group !== 'object' || group === null
      ? group
      : Object.fromEntries(Object.entries(group).map(([key, value]) => [key, value === '' ? null : value])),
  );
}
