import { load, type Stability } from '@pewter/runtime';
import { type Diagnostic, hasErrors } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import type { ReportFormat } from '../commands/validate.ts';
import { checkedVocabulary } from '../components.ts';
import { readConfig } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { countText, plural, printDiagnostics } from '../print-diagnostics.ts';
import { jsonReport } from './json-report.ts';

/** What was found in one config, or why it could not be read. */
interface Checked {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly unreadable?: string;
}

/** Checks each path as a config of its own, reports, and gives the exit status. */
export async function validatePaths(
  paths: readonly string[],
  format: ReportFormat,
  stability: Stability,
  host: Host,
): Promise<number> {
  const checked = await Promise.all(paths.map((path) => check(path, stability)));
  reports[format](checked, host);
  return Math.max(...checked.map(statusOf));
}

async function check(path: string, stability: Stability): Promise<Checked> {
  try {
    const { diagnostics } = load({ ...checkedVocabulary(), sources: await readConfig(path), stability });
    return { path, diagnostics };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { path, diagnostics: [], unreadable: error.message };
  }
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
