import { type SourceFile, sourceFromBytes } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import { expandPatterns } from '../expand-patterns.ts';
import type { Host } from '../host.ts';
import { showProgress } from '../progress.ts';
import { type CheckOptions, checkConfig } from './check-config.ts';
import { type ReportFormat, reporterOf } from './formats/format.ts';
import { type CheckedConfig, type Report, reportOf } from './report.ts';

/** What to do with what the paths name. */
export interface ValidateOptions extends CheckOptions {
  readonly format: ReportFormat;
  readonly denyWarnings: boolean;
  /** People are shown every finding, however many there are of one file. */
  readonly all: boolean;
  /** All paths together are one config. */
  readonly asOne: boolean;
}

/**
 * Checks each path as a config of its own, reports, and gives the exit status. Patterns stand for what they match,
 * `-` for standard input, and a path that is named again is checked once.
 */
export async function validatePaths(
  paths: readonly string[],
  options: ValidateOptions,
  host: Host,
): Promise<number> {
  const distinct = await expandPatterns(paths);
  const configs = options.asOne ? [distinct] : distinct.map((path) => [path]);
  const progress = showProgress(configs.length, host);
  const checked: CheckedConfig[] = [];
  for (const config of configs) {
    checked.push(await check(config, options, host));
    progress.step();
  }
  progress.end();
  const report = reportOf(checked, options);
  (await reporterOf(options.format))(report, host);
  return statusOf(report);
}

async function check(paths: readonly string[], options: CheckOptions, host: Host): Promise<CheckedConfig> {
  const name = paths.map((path) => (path === '-' ? '<stdin>' : path)).join(', ');
  try {
    const sources: SourceFile[] = [];
    for (const path of paths)
      sources.push(...(path === '-' ? [await readStdin(host)] : await readConfig(path)));
    return { name, sources, diagnostics: await checkConfig(sources, options) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { name, sources: [], diagnostics: [], unreadable: error.message };
  }
}

async function readStdin(host: Host): Promise<SourceFile> {
  return sourceFromBytes('<stdin>', await host.readInput());
}

function statusOf({ results, unreadable }: Report): number {
  if (unreadable > 0) return exitCode.unusable;
  return results.every(({ ok }) => ok) ? exitCode.ok : exitCode.failed;
}
