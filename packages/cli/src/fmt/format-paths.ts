import { format, hasErrors, parse, type SourceFile, sourceFromBytes } from '@pewter/syntax';
import { CommandError } from '../command-error.ts';
import { findFiles, readSource } from '../config-files.ts';
import { exitCode } from '../exit-code.ts';
import type { Host, Output } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { showProgress } from '../progress.ts';
import { deliveries, type FormatMode, type Outcome, outcomeText } from './deliveries.ts';

/** Formats files, directories, patterns and (`-`) standard input; gives the exit status. */
export async function formatPaths(paths: readonly string[], mode: FormatMode, host: Host): Promise<number> {
  if (paths.includes('-')) {
    const outcome = await formatOne(await readStdin(paths, mode, host), mode, host);
    return statusOf(outcome, mode);
  }
  const files = await filesToFormat(paths, mode);
  const progress = showProgress(files.length, host);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    outcomes.push(await formatFile(file, mode, progress.output));
    progress.step();
  }
  progress.end();
  if (files.length > 1) host.stderr.write(`${outcomeText(outcomes, mode)}\n`);
  return Math.max(...outcomes.map((outcome) => statusOf(outcome, mode)));
}

async function readStdin(paths: readonly string[], mode: FormatMode, host: Host): Promise<SourceFile> {
  if (paths.length > 1) throw unusable('standard input (-) cannot be formatted together with files');
  if (mode === 'write') throw unusable('--write needs files: standard input cannot be written back');
  if (host.inputIsTerminal === true)
    host.stderr.write('pewter: reading what you type, to its end (Ctrl-D)\n');
  return sourceFromBytes('<stdin>', await host.readInput());
}

async function filesToFormat(paths: readonly string[], mode: FormatMode): Promise<string[]> {
  const files = await findFiles(paths);
  if (files.length === 0) throw unusable(`no *.alloy files in ${paths.join(', ')}`);
  if (mode === 'print' && files.length > 1) {
    throw unusable(`${files.length} files would be printed as one text: give --write, --check or --diff`);
  }
  return files;
}

/** One file that cannot be read or written does not keep the others from being formatted. */
async function formatFile(path: string, mode: FormatMode, output: Output): Promise<Outcome> {
  try {
    return await formatOne(await readSource(path), mode, output);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    output.stderr.write(`pewter: ${error.message}\n`);
    return 'unusable';
  }
}

async function formatOne(source: SourceFile, mode: FormatMode, output: Output): Promise<Outcome> {
  const { file, diagnostics } = parse(source);
  if (hasErrors(diagnostics)) {
    printDiagnostics(diagnostics, output);
    return 'wrong';
  }
  const text = format(file);
  const changed = text !== source.text;
  if (changed || mode === 'print') await deliveries[mode](source, text, output);
  return changed ? 'changed' : 'fine';
}

function statusOf(outcome: Outcome, mode: FormatMode): number {
  if (outcome === 'unusable') return exitCode.unusable;
  const failed = outcome === 'wrong' || (outcome === 'changed' && (mode === 'check' || mode === 'diff'));
  return failed ? exitCode.failed : exitCode.ok;
}

function unusable(message: string): CommandError {
  return new CommandError(message, exitCode.unusable);
}
