import { type LoadOptions, load, type Stability } from '@pewter/runtime';
import { type Diagnostic, hasErrors, type SourceFile, sourceFromBytes } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import type { ReportFormat } from '../commands/validate.ts';
import { checkedVocabulary } from '../components.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import { expandPatterns } from '../expand-patterns.ts';
import type { Host } from '../host.ts';
import { countText, plural, printDiagnostics } from '../print-diagnostics.ts';
import { showProgress } from '../progress.ts';
import { jsonReport } from './json-report.ts';

/** What was found in one config, or why it could not be read. */
interface Checked {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly unreadable?: string;
}

/**
 * Checks each path as a config of its own, reports, and gives the exit status. Patterns stand for what they match,
 * `-` for standard input, and a path that is named again is checked once.
 */
export async function validatePaths(
  paths: readonly string[],
  format: ReportFormat,
  stability: Stability,
  host: Host,
): Promise<number> {
  const distinct = await expandPatterns(paths);
  const vocabulary = checkedVocabulary();
  const progress = showProgress(distinct.length, host);
  const checked: Checked[] = [];
  for (const path of distinct) {
    checked.push(await check(path, { ...vocabulary, stability }, host));
    progress.step();
  }
  progress.end();
  reports[format](checked, host);
  return Math.max(...checked.map(statusOf));
}

async function check(path: string, options: Omit<LoadOptions, 'sources'>, host: Host): Promise<Checked> {
  try {
    const sources = path === '-' ? [await readStdin(host)] : await readConfig(path);
    return { path, diagnostics: load({ ...options, sources }).diagnostics };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { path, diagnostics: [], unreadable: error.message };
  }
}

async function readStdin(host: Host): Promise<SourceFile> {
  return sourceFromBytes('<stdin>', await host.readInput());
}

function statusOf({ diagnostics, unreadable }: Checked): number {
  if (unreadable !== undefined) return exitCode.unusable;
  return hasErrors(diagnostics) ? exitCode.failed : exitCode.ok;
}

const reports: Readonly<Record<ReportFormat, (checked: readonly Checked[], host: Host) => void>> = {
  text: reportText,
  json(checked, host) {
    const configs = checked.map(({ path, diagnostics, unreadable }) => ({
      ...jsonReport(path, diagnostics),
      ...(unreadable !== undefined && { unreadable }),
    }));
    host.stdout.write(`${JSON.stringify({ configs }, null, 2)}\n`);
  },
};

function reportText(checked: readonly Checked[], host: Host): void {
  for (const { diagnostics, unreadable } of checked) {
    printDiagnostics(diagnostics, host);
    if (unreadable !== undefined) host.stderr.write(`pewter: ${unreadable}\n`);
  }
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  const unread = checked.filter(({ unreadable }) => unreadable !== undefined).length;
  const rest = unread > 0 ? `, ${unread} not readable` : '';
  host.stdout.write(`${plural(checked.length, 'config')} checked: ${countText(all)}${rest}\n`);
}
